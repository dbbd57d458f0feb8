namespace Chunnel.Formats;

/// <summary>
/// Reads one block of LZO1X: a list of instructions, each a copy of earlier bytes followed by up to three literals, or a run of literals.
/// What a small code means depends on how many literals came just before it. Never reads or writes outside its spans, whatever the bytes say.
/// </summary>
internal ref struct Lzo1xDecoder
{
    /// <summary>Distances of the longest kind begin behind this; the distance itself ends the block.</summary>
    private const int FarDistance = 0x4000;

    private const int ManyLiterals = 4;

    private readonly ReadOnlySpan<byte> _from;
    private readonly Span<byte> _to;
    private int _read;
    private int _written;

    /// <summary>How many literals were copied last: none, one to three, or <see cref="ManyLiterals"/> for more.</summary>
    private int _literals;

    private Lzo1xDecoder(ReadOnlySpan<byte> from, Span<byte> to)
    {
        _from = from;
        _to = to;
    }

    /// <summary>The number of bytes that the block holds.</summary>
    /// <exception cref="InvalidDataException">The block is damaged, or holds more than there is room for.</exception>
    public static int Decompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var decoder = new Lzo1xDecoder(from, to);
        decoder.Run();
        return decoder._written;
    }

    private void Run()
    {
        if (_from.Length > 0 && _from[0] > 17) CopyLiterals(Next() - 17);
        while (Step())
        {
        }
    }

    private bool Step()
    {
        var code = Next();
        if (code >= 64)
        {
            CopyMatch(((Next() << 3) | ((code >> 2) & 7)) + 1, (code >> 5) + 1, code & 3);
        }
        else if (code >= 32)
        {
            var length = Length(code & 31, 31) + 2;
            var tail = NextWord();
            CopyMatch((tail >> 2) + 1, length, tail & 3);
        }
        else if (code >= 16)
        {
            var length = Length(code & 7, 7) + 2;
            var tail = NextWord();
            var distance = ((code & 8) << 11) + (tail >> 2);
            if (distance == 0) return false;
            CopyMatch(distance + FarDistance, length, tail & 3);
        }
        else if (_literals == 0)
        {
            CopyLiterals(Length(code, 15) + 3);
        }
        else
        {
            var distance = (Next() << 2) + (code >> 2) + 1;
            if (_literals == ManyLiterals) CopyMatch(distance + 2048, 3, code & 3);
            else CopyMatch(distance, 2, code & 3);
        }
        return true;
    }

    private void CopyLiterals(int count)
    {
        if (count > _from.Length - _read || count > _to.Length - _written) throw Damaged();
        _from.Slice(_read, count).CopyTo(_to[_written..]);
        _read += count;
        _written += count;
        _literals = Math.Min(count, ManyLiterals);
    }

    private void CopyMatch(int distance, int length, int literals)
    {
        if (distance > _written || length > _to.Length - _written) throw Damaged();
        var source = _written - distance;
        if (distance >= length)
        {
            _to.Slice(source, length).CopyTo(_to[_written..]);
        }
        else
        {
            // What is copied is partly written by the copy itself: a short pattern that repeats.
            for (var i = 0; i < length; i++) _to[_written + i] = _to[source + i];
        }
        _written += length;
        CopyLiterals(literals);
    }

    /// <summary>A length that does not fit its bits goes on in bytes: each zero is 255 more, the first other byte is the rest.</summary>
    private int Length(int bits, int most)
    {
        if (bits != 0) return bits;
        var length = most;
        while (_read < _from.Length && _from[_read] == 0)
        {
            length += 255;
            _read++;
            if (length > _to.Length) throw Damaged();
        }
        return length + Next();
    }

    private int Next()
    {
        if (_read >= _from.Length) throw Damaged();
        return _from[_read++];
    }

    private int NextWord() => Next() | (Next() << 8);

    private static InvalidDataException Damaged() => new("The LZO block is damaged.");
}
