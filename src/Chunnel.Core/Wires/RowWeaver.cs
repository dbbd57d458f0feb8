using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Core;

/// <summary>
/// The way out for wires that want row by row: each column's texts stand in a <see cref="TextLane"/>, and one loop writes the rows, each
/// field behind the fixed bytes that come before it. Rows are written in order, so that every copy may overrun into what comes next.
/// </summary>
public sealed unsafe class RowWeaver
{
    private readonly Strand[] _strands;
    private readonly byte[] _fixed;
    private readonly int _fixedBytes;
    private readonly int _endBytes;
    private readonly byte* _rowEnd;

    /// <summary>Prepares for rows of so many fields.</summary>
    /// <param name="before">The bytes before each field: a delimiter, or a JSON name.</param>
    /// <param name="rowEnd">The bytes behind the last field of a row.</param>
    public RowWeaver(IReadOnlyList<byte[]> before, byte[] rowEnd)
    {
        const int slack = TextLane.SlackBytes;
        _strands = new Strand[before.Count];
        _fixed = GC.AllocateArray<byte>(before.Sum(bytes => bytes.Length + slack) + rowEnd.Length + slack, pinned: true);
        var at = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_fixed));
        for (var i = 0; i < before.Count; i++)
        {
            before[i].CopyTo(new Span<byte>(at, before[i].Length));
            _strands[i] = new Strand { Before = at, BeforeBytes = before[i].Length };
            at += before[i].Length + slack;
            _fixedBytes += before[i].Length;
        }
        rowEnd.CopyTo(new Span<byte>(at, rowEnd.Length));
        _rowEnd = at;
        _endBytes = rowEnd.Length;
    }

    public int Columns => _strands.Length;

    /// <summary>Bytes that so many rows of these lanes take.</summary>
    public int Measure(ReadOnlySpan<TextLane> lanes, int rows)
    {
        long bytes = (long)rows * (_fixedBytes + _endBytes);
        foreach (var lane in lanes) bytes += lane.Length;
        return checked((int)bytes);
    }

    /// <summary>Appends the rows of the lanes, in vector-wide copies.</summary>
    public void Weave(ReadOnlySpan<TextLane> lanes, int rows, ByteWriter to)
    {
        var bytes = Measure(lanes, rows);
        var space = to.Space(bytes + TextLane.SlackBytes);
        for (var i = 0; i < _strands.Length; i++)
        {
            Belief.Holds(lanes[i].Rows == rows, "every lane has a text for every row");
            _strands[i].Bytes = lanes[i].Bytes;
            _strands[i].Ends = lanes[i].Ends;
        }
        fixed (byte* start = space)
        {
            var end = Weave(rows, start);
            Belief.Holds(end - start == bytes, "rows take the bytes that they were measured at");
        }
        to.Advance(bytes);
    }

    /// <summary>The plain twin of <see cref="Weave(ReadOnlySpan{TextLane}, int, ByteWriter)"/>.</summary>
    public void WeavePlainly(ReadOnlySpan<TextLane> lanes, int rows, ByteWriter to)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < _strands.Length; i++)
            {
                to.Append(new ReadOnlySpan<byte>(_strands[i].Before, _strands[i].BeforeBytes));
                to.Append(lanes[i][row]);
            }
            to.Append(new ReadOnlySpan<byte>(_rowEnd, _endBytes));
        }
    }

    private byte* Weave(int rows, byte* to)
    {
        fixed (Strand* strands = _strands)
        {
            var last = strands + _strands.Length;
            var rowEnd = _rowEnd;
            var endBytes = _endBytes;
            for (nint row = 0; row < rows; row++)
            {
                for (var strand = strands; strand < last; strand++)
                {
                    to = Copy(strand->Before, strand->BeforeBytes, to);
                    var start = strand->Ends[row];
                    to = Copy(strand->Bytes + start, strand->Ends[row + 1] - start, to);
                }
                to = Copy(rowEnd, endBytes, to);
            }
        }
        return to;
    }

    /// <summary>Copies in 32-byte steps; what is written too much is overwritten by what comes next, or lies in the slack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Copy(byte* from, nint length, byte* to)
    {
        Vector256.Load(from).Store(to);
        if (length > Vector256<byte>.Count) CopyRest(from, length, to);
        return to + length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyRest(byte* from, nint length, byte* to) =>
        new ReadOnlySpan<byte>(from, (int)length).CopyTo(new Span<byte>(to, (int)length));

    private struct Strand
    {
        public byte* Before;
        public int BeforeBytes;
        public byte* Bytes;
        public int* Ends;
    }
}
