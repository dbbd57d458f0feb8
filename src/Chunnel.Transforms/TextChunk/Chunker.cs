using Chunnel.Core;

namespace Chunnel.Transforms.TextChunk;

/// <summary>
/// Cuts a text where a separator ends, the first of them first, and where a piece is still too long at the next; puts as many pieces
/// into a chunk as fit. Separators stay with the piece before them, so a chunk is a part of the text as it stands. Lengths are code points.
/// </summary>
internal sealed class Chunker(IReadOnlyList<byte[]> separators, int size, int overlap)
{
    private readonly List<Piece> _pieces = [];

    /// <summary>Where the chunks of the text begin and end, in order; none for an empty text.</summary>
    public void Cut(ReadOnlySpan<byte> text, List<Range> chunks)
    {
        _pieces.Clear();
        if (separators.Count == 0) CutEven(text, 0, text.Length, size - overlap);
        else CutAt(text, 0, text.Length, 0);
        if (separators.Count == 0) Windows(text, chunks);
        else Fill(chunks);
    }

    /// <summary>Cuts a part of the text behind each separator.</summary>
    private void CutAt(ReadOnlySpan<byte> text, int start, int end, int level)
    {
        if (level == separators.Count)
        {
            CutEven(text, start, end, size);
            return;
        }
        while (start < end)
        {
            var found = text[start..end].IndexOf(separators[level]);
            var pieceEnd = found < 0 ? end : start + found + separators[level].Length;
            var points = Points(text[start..pieceEnd]);
            if (points <= size) _pieces.Add(new Piece(start, pieceEnd, points));
            else CutAt(text, start, pieceEnd, level + 1);
            start = pieceEnd;
        }
    }

    /// <summary>Cuts a part of the text every so many code points.</summary>
    private void CutEven(ReadOnlySpan<byte> text, int start, int end, int points)
    {
        while (start < end)
        {
            var pieceEnd = Skip(text, start, end, points);
            _pieces.Add(new Piece(start, pieceEnd, Points(text[start..pieceEnd])));
            start = pieceEnd;
        }
    }

    /// <summary>Without separators chunks begin where pieces do, and reach on into the next by the overlap.</summary>
    private void Windows(ReadOnlySpan<byte> text, List<Range> chunks)
    {
        foreach (var piece in _pieces)
        {
            var end = Skip(text, piece.Start, text.Length, size);
            chunks.Add(piece.Start..end);
            // What would follow stands in this chunk already.
            if (end == text.Length) return;
        }
    }

    private void Fill(List<Range> chunks)
    {
        var (first, points) = (0, 0);
        for (var i = 0; i < _pieces.Count; i++)
        {
            if (points + _pieces[i].Points > size)
            {
                chunks.Add(_pieces[first].Start.._pieces[i - 1].End);
                // Pieces go, the earliest first, until the others are few enough to be repeated and leave room for this one.
                while (points > overlap || points + _pieces[i].Points > size) points -= _pieces[first++].Points;
            }
            points += _pieces[i].Points;
        }
        if (_pieces.Count > 0) chunks.Add(_pieces[first].Start.._pieces[^1].End);
    }

    private static int Points(ReadOnlySpan<byte> text)
    {
        var points = 0;
        foreach (var b in text) points += (b & 0xC0) != 0x80 ? 1 : 0;
        return points;
    }

    /// <summary>The place so many code points behind another.</summary>
    private static int Skip(ReadOnlySpan<byte> text, int start, int end, int points)
    {
        var at = start;
        while (at < end && (points > 0 || (text[at] & 0xC0) == 0x80))
        {
            if ((text[at] & 0xC0) != 0x80) points--;
            at++;
        }
        return at;
    }

    private readonly record struct Piece(int Start, int End, int Points);
}
