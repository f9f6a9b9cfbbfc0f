// Tells what a page shows. Runs inside of it: on the page of an old blog as well as on one
// that WordPress serves, and knows of neither.
({
    roots(asked) {
        return asked.roots.flatMap(name => [...document.querySelectorAll(name)]);
    },

    all(asked, name) {
        return this.roots(asked).flatMap(root => [
            ...(root.matches(name) ? [root] : []), ...root.querySelectorAll(name)]);
    },

    width(asked) {
        const probe = document.createElement('p'), root = this.roots(asked)[0];
        if (!root) return 0;
        root.append(probe);
        const width = probe.clientWidth;
        probe.remove();
        return width;
    },

    // Every picture, with all it says, after waiting for it.
    async images(asked) {
        // Capitals that only a theme makes of letters are none.
        const style = document.createElement('style');
        style.textContent = '* { text-transform: none !important; }';
        document.head.append(style);
        for (const root of this.roots(asked))
            if (asked.column) root.style.width = root.style.maxWidth = `${asked.column}px`;
        const images = this.all(asked, 'img');
        const late = new Promise(done => setTimeout(done, 5000));
        await Promise.race([late, Promise.all(images.map(image => {
            image.loading = 'eager';
            return image.decode().catch(() => {});
        }))]);
        return images.map(image => Object.fromEntries(
            image.getAttributeNames().map(name => [name, image.getAttribute(name)])
                .concat([['src', image.getAttribute('src') || '']])));
    },

    see(asked) {
        const smiley = image => asked.smileys[image.getAttribute('src') || ''];
        const tracker = image => image.naturalWidth <= 1 && image.naturalHeight <= 1
            && image.naturalWidth > 0;
        const pictures = this.all(asked, 'img, em.moving-day-missing')
            .filter(each => each.localName === 'em' || !smiley(each) && !tracker(each))
            .filter(each => !each.closest('.wp-block-embed'))
            .map(each => this.shown(asked, each));
        const links = this.all(asked, 'a[href]')
            .filter(link => !link.closest('em.moving-day-missing, .wp-block-embed')
                && !link.querySelector('img:not([src*="emoticons/"])') && link.innerText.trim()
                && !this.isVideo(asked, link))
            .map(link => ({href: link.getAttribute('href'), whole: link.href,
                text: link.innerText.split(/\s+/).filter(Boolean).join(' ')}));
        const videos = this.videos(asked);
        const anchors = [...document.querySelectorAll('[id], a[name]')]
            .map(each => each.id || each.name);
        const comments = asked.comments
            ? [...document.querySelectorAll(asked.comments)].map(each => each.innerText) : [];
        for (const gone of this.all(asked,
                'em.moving-day-missing, .wp-block-embed, object, embed, iframe, audio, video'))
            gone.remove();
        for (const link of this.all(asked, 'a[href]'))
            if (this.isVideo(asked, link)) link.remove();
        for (const image of this.all(asked, 'img')) {
            const said = smiley(image);
            image.replaceWith(said ? said : document.createElement('br'));
        }
        const own = each => each.innerText.split(/\s+/).filter(Boolean).join(' ');
        const depth = (each, name) => {
            let deep = 0;
            for (let up = each.parentElement; up && document.body !== up; up = up.parentElement)
                deep += up.matches(name);
            return deep;
        };
        const items = this.all(asked, 'li').map(item => {
            const copy = item.cloneNode(true);
            for (const inner of copy.querySelectorAll('ul, ol, menu')) inner.remove();
            const list = item.parentElement;
            const first = list.localName === 'ol' ? `${list.start}. ` : '* ';
            return '\t'.repeat(depth(item, 'ul, ol, menu')) + first
                + copy.textContent.split(/\s+/).filter(Boolean).join(' ');
        });
        const letters = this.letters(asked);
        return {
            text: this.roots(asked).map(root => root.innerText).join('\n'),
            ...letters,
            pre: this.all(asked, 'pre, listing, xmp').map(each => each.innerText),
            headings: this.all(asked, 'h1, h2, h3, h4, h5, h6').filter(each => own(each))
                .map(each => `${each.localName} ${own(each)}`),
            items: items.filter(item => item.trim().length > 1),
            tables: this.all(asked, 'table').filter(own).map(table => [...table.rows].map(
                row => [...row.cells].map(cell => own(cell)
                    + (cell.colSpan > 1 ? ` <${cell.colSpan}>` : '')
                    + (cell.rowSpan > 1 ? ` ^${cell.rowSpan}^` : '')).join(' | ')).join('\n')),
            quotes: this.all(asked, 'blockquote').filter(own)
                .map(each => '> '.repeat(depth(each, 'blockquote') + 1) + own(each)),
            rules: this.all(asked, 'hr').length,
            pictures, links, videos, anchors, comments,
        };
    },

    isVideo(asked, link) {
        return asked.videos.some(id => link.href.includes(id))
            && /^https?:\S+$/.test(link.innerText.trim());
    },

    // The addresses of players, and of pages that stand for them.
    videos(asked) {
        const found = [];
        for (const each of this.all(asked,
                'object, embed, iframe, video, audio, .wp-block-embed, a[href]')) {
            if (each.localName === 'a') {
                if (this.isVideo(asked, each) && !each.closest('.wp-block-embed'))
                    found.push(each.href);
                continue;
            }
            if (each.parentElement.closest('object, .wp-block-embed, video, audio')) continue;
            const inner = [each, ...each.querySelectorAll('embed, iframe, param, source, a')];
            const address = inner.map(part => {
                if (part.localName === 'param') return /^(movie|src)$/i.test(part.name)
                    ? part.getAttribute('value') : '';
                return part.getAttribute('src') || part.getAttribute('data')
                    || part.getAttribute('href');
            }).find(Boolean) || each.textContent.trim();
            if (address) found.push(address);
        }
        return found;
    },

    // Whatever classes promise.
    isCentred(each, root) {
        const [mine, all] = [each, root].map(one => one.getBoundingClientRect());
        return Math.abs(mine.left + mine.right - all.left - all.right) < 4;
    },

    shown(asked, each) {
        const note = each.localName === 'em';
        const link = each.closest('a[href]');
        const figure = each.closest('figure, .wp-caption');
        const caption = figure && figure.querySelector('figcaption, .wp-caption-text');
        const root = this.roots(asked).find(root => root.contains(each));
        let side = '';
        for (let up = each; up && up !== root && !side; up = up.parentElement) {
            const float = getComputedStyle(up).float;
            if (float !== 'none') side = float;
        }
        if (!side && !note) {
            const block = this.blockOf(each);
            const centred = /center/.test(getComputedStyle(block).textAlign)
                || each.closest('.aligncenter') && this.isCentred(each, root)
                || each.style.display === 'block' && each.style.marginLeft === 'auto';
            side = centred ? 'center' : '';
        }
        return {
            kind: note ? 'note' : each.naturalWidth ? 'picture' : 'away',
            src: note ? each.innerText : each.src || '',
            full: link ? link.href : '',
            alt: note ? '' : each.alt,
            caption: caption ? caption.innerText.split(/\s+/).filter(Boolean).join(' ') : '',
            width: Math.round(each.getBoundingClientRect().width),
            natural: each.naturalWidth || 0,
            own: each.hasAttribute('width') || Boolean(each.style && each.style.width),
            side,
            gallery: Boolean(each.closest('.wp-block-gallery, .gallery')),
            column: root ? root.clientWidth : 0,
        };
    },

    blockOf(each) {
        let up = each.parentElement;
        while (/^inline/.test(getComputedStyle(up).display) && up.parentElement)
            up = up.parentElement;
        return up;
    },

    // Each letter that is seen, how it is written and which way its line goes.
    letters(asked) {
        const letters = [], marks = [], flow = [];
        const kinds = [
            ['b, strong', style => /bold|[6-9]00/.test(style.fontWeight)],
            ['i, em', style => /italic|oblique/.test(style.fontStyle)],
            ['u, ins', style => style.textDecoration.includes('underline')],
            ['s, strike, del', style => style.textDecoration.includes('line-through')],
            ['code, tt, kbd, samp', () => false],
            ['sub', style => style.verticalAlign === 'sub'],
            ['sup', style => style.verticalAlign === 'super'],
        ];
        for (const root of this.roots(asked)) {
            const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const node = walk.currentNode, holder = node.parentElement;
                const seen = [...node.data.replace(/\s+/g, '')];
                if (!seen.length || holder.closest('script, style, noscript')
                    || !holder.checkVisibility()) continue;
                let mark = 0;
                kinds.forEach(([names, isSo], bit) => {
                    for (let up = holder; up && up !== root.parentElement; up = up.parentElement)
                        if (up.matches(names) || up.style && isSo(up.style)) mark |= 1 << bit;
                });
                if (holder.closest('pre, listing, xmp')) mark &= ~(1 << 4);
                const style = getComputedStyle(this.blockOf(node));
                const align = /center|justify/.exec(style.textAlign);
                const right = style.direction === 'rtl';
                const ends = /right/.test(style.textAlign) && !right ? 'r'
                    : /left/.test(style.textAlign) && right ? 'l' : '-';
                const way = holder.closest('figcaption, th, caption') ? '?'
                    : (align ? align[0][0] : ends) + (right ? '<' : '>');
                for (const letter of seen) {
                    letters.push(letter);
                    marks.push(String.fromCharCode(65 + mark));
                    flow.push(way);
                }
            }
        }
        return {letters: letters.join(''), marks: marks.join(''), flow: flow.join(' ')};
    },

    textOf(html) {
        const box = document.createElement('div');
        box.innerHTML = html;
        document.body.append(box);
        const text = box.innerText;
        box.remove();
        return text;
    },
})
