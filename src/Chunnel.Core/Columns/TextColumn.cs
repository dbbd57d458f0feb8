using System.Text;

namespace Chunnel.Core;

/// <summary>
/// Values of varying length as int32 offsets into bytes: string (UTF-8), bytes, and the vectors. Row r is
/// <c>Bytes[Offsets[r]..Offsets[r + 1]]</c>; the first offset need not be 0.
/// </summary>
public sealed class TextColumn : Column
{
    private readonly ColumnBuffer _offsets;
    private readonly ColumnBuffer _bytes;
    private int _ascii; // 0 not asked yet, 1 yes, 2 no

    /// <summary>Takes over one hold on each buffer. Offsets has length + 1 entries.</summary>
    public TextColumn(DataType type, int length, ColumnBuffer offsets, ColumnBuffer bytes, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount)
    {
        _offsets = offsets;
        _bytes = bytes;
    }

    /// <summary>Length + 1 offsets into <see cref="Utf8"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.As<int>()[..(Length + 1)];

    /// <summary>All bytes that the offsets point into.</summary>
    public ReadOnlySpan<byte> Utf8 => _bytes.As<byte>();

    public ColumnBuffer OffsetBuffer => _offsets;

    public ColumnBuffer ByteBuffer => _bytes;

    /// <summary>True when every byte is below 128: then a character is a byte. Scanned once, on the first question.</summary>
    public bool IsAscii
    {
        get
        {
            if (_ascii == 0)
            {
                var offsets = Offsets;
                _ascii = Ascii.IsValid(Utf8[offsets[0]..offsets[^1]]) ? 1 : 2;
            }
            return _ascii == 1;
        }
    }

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var offsets = Offsets;
            return Utf8[offsets[row]..offsets[row + 1]];
        }
    }

    public override long Bytes => base.Bytes + _offsets.Bytes + _bytes.Bytes;

    public override void Retain()
    {
        base.Retain();
        _offsets.Retain();
        _bytes.Retain();
    }

    public override void Release()
    {
        base.Release();
        _offsets.Release();
        _bytes.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        var offsets = SliceFixed<int>(_offsets, start, length + 1);
        _bytes.Retain();
        return new TextColumn(Type, length, offsets, _bytes, bits, nulls) { _ascii = _ascii == 1 ? 1 : 0 };
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        ReadOnlySpan<int> from = Offsets;
        var offsets = ColumnBuffer.Rent<int>(memory, rows.Length + 1);
        var to = offsets.As<int>();
        long total = 0;
        to[0] = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += from[rows[i] + 1] - from[rows[i]];
            to[i + 1] = (int)total;
        }
        Belief.Holds(total <= int.MaxValue, "a batch's text stays below 2 GiB");
        var bytes = ColumnBuffer.Rent<byte>(memory, (int)total);
        var source = Utf8;
        var target = bytes.As<byte>();
        for (var i = 0; i < rows.Length; i++) source[from[rows[i]]..from[rows[i] + 1]].CopyTo(target[to[i]..]);
        return new TextColumn(Type, rows.Length, offsets, bytes, bits, nulls) { _ascii = _ascii == 1 ? 1 : 0 };
    }
}
