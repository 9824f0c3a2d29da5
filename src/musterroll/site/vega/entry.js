// What a chart of a site needs of Vega: its runtime without maps, forces, trees, statistics and cross filters.
import { extend, None } from 'vega-util';
import { transforms } from 'vega-dataflow';
import * as basic from 'vega-transforms';
import * as views from 'vega-view-transforms';
import * as encode from 'vega-encode';
import * as voronoi from 'vega-voronoi';
import { View } from 'vega-view';
import { parse } from 'vega-parser';
import { expressionInterpreter } from 'vega-interpreter';

extend(transforms, basic, views, encode, voronoi);
globalThis.vega = { View, parse, None, expressionInterpreter };
