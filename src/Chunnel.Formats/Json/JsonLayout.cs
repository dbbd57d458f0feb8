using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// How the last object was laid out: the bytes before each of its values (a bracket or comma, blanks, the key, the colon) and the column
/// of each. Most files repeat it row after row, so that a comparison of a few bytes replaces the reading of keys.
/// </summary>
internal sealed unsafe class JsonLayout(int columns)
{
    private const int MostPieces = 1024;
    private const int PieceBytes = 64; // a longer key goes the plain way

    private readonly byte[] _texts = GC.AllocateArray<byte>((MostPieces + 1) * PieceBytes, pinned: true);
    private readonly byte[] _masks = GC.AllocateArray<byte>((MostPieces + 1) * PieceBytes, pinned: true);
    private readonly Piece[] _pieces = new Piece[MostPieces];
    private readonly bool[] _has = new bool[columns];
    private int[] _missing = [];
    private int _count;
    private int _endBytes;
    private bool _fits;

    public bool IsLearnt { get; private set; }

    /// <summary>A new object begins: what was learnt is forgotten.</summary>
    public void Begin()
    {
        IsLearnt = false;
        _fits = true;
        _count = 0;
        Array.Clear(_has);
    }

    /// <summary>A value: what stood before it, and its column or -1.</summary>
    public void Add(ReadOnlySpan<byte> before, int column)
    {
        // A key that comes twice keeps the plain way: the last one counts.
        if (!_fits || before.Length > PieceBytes || _count == MostPieces || (column >= 0 && _has[column]))
        {
            _fits = false;
            return;
        }
        if (column >= 0) _has[column] = true;
        Remember(before, _count);
        _pieces[_count++] = new Piece(before.Length, column);
    }

    /// <summary>The object ends with these bytes.</summary>
    public void End(ReadOnlySpan<byte> after)
    {
        if (!_fits || after.Length > PieceBytes) return;
        Remember(after, _count);
        _endBytes = after.Length;
        var missing = 0;
        foreach (var has in _has) if (!has) missing++;
        if (_missing.Length != missing) _missing = new int[missing];
        for (int column = 0, i = 0; column < columns; column++) if (!_has[column]) _missing[i++] = column;
        IsLearnt = true;
    }

    /// <summary>Notes the fields of an object that is laid out this way. Returns the byte behind it; null when it is not, or not whole.</summary>
    public byte* TryRead(byte* bytes, byte* at, byte* limit, FieldSpan* fields)
    {
        var text = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_texts));
        var mask = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_masks));
        foreach (var piece in _pieces.AsSpan(0, _count))
        {
            if (!IsSame(at, text, mask, piece.Bytes)) return null;
            text += PieceBytes;
            mask += PieceBytes;
            at += piece.Bytes;
            var escaped = false;
            byte* end;
            if (*at == '"')
            {
                end = JsonCursor.FindQuote(at + 1, limit, ref escaped) + 1;
                if (end > limit) return null;
                // A line feed within text is damage, for the plain loop to tell.
                if (escaped || end - at > Vector256<byte>.Count)
                {
                    if (new ReadOnlySpan<byte>(at, (int)(end - at)).Contains((byte)'\n')) return null;
                }
                else if (HasLineFeed(at, end)) return null;
            }
            else
            {
                end = *at is (byte)'{' or (byte)'[' ? JsonCursor.SkipNested(at, limit) : JsonCursor.FindEnd(at, limit);
                if (end > limit || end == at) return null;
            }
            if (piece.Column >= 0)
                fields[piece.Column] = escaped ? FieldSpan.Escaped((int)(at - bytes), (int)(end - at)) : FieldSpan.Plain((int)(at - bytes), (int)(end - at));
            at = end;
        }
        if (!IsSame(at, text, mask, _endBytes)) return null;
        at += _endBytes;
        if (at > limit) return null;
        foreach (var column in _missing) fields[column] = FieldSpan.Missing;
        return at;
    }

    private static bool IsSame(byte* at, byte* text, byte* mask, int bytes)
    {
        if (((Vector256.Load(at) & Vector256.Load(mask)) ^ Vector256.Load(text)) != Vector256<byte>.Zero) return false;
        return bytes <= Vector256<byte>.Count
            || ((Vector256.Load(at + 32) & Vector256.Load(mask + 32)) ^ Vector256.Load(text + 32)) == Vector256<byte>.Zero;
    }

    private static bool HasLineFeed(byte* at, byte* end)
    {
        var feeds = Vector256.Equals(Vector256.Load(at), Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
        return (feeds & (uint)((1UL << (int)(end - at)) - 1)) != 0;
    }

    private void Remember(ReadOnlySpan<byte> text, int piece)
    {
        var texts = _texts.AsSpan(piece * PieceBytes, PieceBytes);
        var masks = _masks.AsSpan(piece * PieceBytes, PieceBytes);
        texts.Clear();
        masks.Clear();
        text.CopyTo(texts);
        masks[..text.Length].Fill(0xFF);
    }

    private readonly record struct Piece(int Bytes, int Column);
}
