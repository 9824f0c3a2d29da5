"""`muster site`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from muster_cli.arguments import package_argument
from muster_cli.output import progress, remark
from muster_cli.render.visible import visible


@click.command(short_help="Make web pages of a mission record.")
@package_argument
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="The folder for the site: a new one, an empty one, or that of a site made before.")  # fmt: skip
@click.option("--releases", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="The folder of releases, for the downloads of this version and the pages about all of them"
                   " (default: that in which PACKAGE lies, or releases/ beside it, without downloads).")  # fmt: skip
@click.pass_context
def site(ctx: click.Context, package: str, out: Path, releases: Path | None) -> None:
    """Make a static site of a mission record: who promised whom, who came, and which source says so.

    The pages need no server and load nothing from elsewhere: open DIR/index.html,
    or put the folder on any web host. Every number leads to its evidence. The site
    of a release offers its files for download; so does that of a package whose
    version is in --releases.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    from muster_cli.catalogue import catalogue
    from musterroll.package.folder import Folder
    from musterroll.package.sources import opened
    from musterroll.release.content import read_content
    from musterroll.release.releases import is_version
    from musterroll.site.downloads import offered, read
    from musterroll.site.published import published, releases_beside
    from musterroll.site.site import render
    from musterroll.site.subject import Subject
    from musterroll.site.writing import prepare, write_site

    prepare(out)
    with ExitStack() as stack:
        folder = stack.enter_context(opened(package))
        content = read_content(folder)
        version = str(content.package.version)
        release = Folder(releases / version) if releases and is_version(version) else folder
        downloads = offered(release, content)
        if releases and not downloads:
            remark(ctx, f"{releases} holds no release {visible(version)}, so the site offers no downloads")
        place = releases or releases_beside(folder)
        subject = Subject(content, downloads, published(place, content.name) if place else (), catalogue())
        with progress(ctx, "making") as on_step:
            count, size = write_site((*read(release, downloads), *render(subject, on_step)), out)
    click.echo(f"{out / 'index.html'}")
    remark(ctx, f"{count:,} files, {size:,} bytes")
