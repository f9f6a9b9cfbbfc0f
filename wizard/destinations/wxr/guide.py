"""What a person has to do with an import file, told in a text file beside it."""

from __future__ import annotations


def guide(file: str, photos: str, has_photos: bool) -> str:
    """The words; ``file`` and ``photos`` are the names of the file and the folder."""
    steps = [
        f"""Bring in the posts
   In the dashboard of your new blog choose Tools → Import. Beside “WordPress” choose
   “Install now” if it is offered, then “Run importer”. Choose the file “{file}” and
   press “Upload file and import”. WordPress asks who shall be the author: choose
   yourself. The box “Download and import file attachments” may stay empty.""",
    ]
    if has_photos:
        steps.append(
            f"""Bring in the photos
   Copy the folder “{photos}”, as it is and with everything in it, into the folder
   “wp-content/uploads” of your new blog. Your host's file manager can do that, or a
   program for FTP. The posts already look for their photos there; they need not be
   added one by one. The order of the two steps does not matter."""
        )
    numbered = "\n\n".join(f"{at}. {step}" for at, step in enumerate(steps, 1))
    return f"""How to bring your posts into WordPress
======================================

{numbered}

Good to know

 - The posts bear the hours of the time zone that you chose in Moving Day. If the new
   blog has another one (Settings → General), set it to that before you import.
 - If the import page names a “Maximum size” and the file is bigger, ask your host to
   raise it. The file is one piece, however big it is.
 - Posts that are already there are recognised by title and date and skipped, so a file
   may be imported a second time.
 - A picture that stood for a post (its “featured image”) is shown above the post's
   text, as WordPress cannot be told of it in a file. To let it stand for the post
   again, choose it there and take it out of the text.
 - Moving more posts into the same file later? Choose it again in Moving Day; it adds
   what is new.
 - A blog at WordPress.com has no folder to copy photos into. Moving Day can carry posts
   and photos straight to it instead: choose the blog's address as the new blog.
"""
