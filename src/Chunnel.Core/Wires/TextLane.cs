using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chunnel.Core;

/// <summary>
/// The texts of one column, one behind the other, on their way into a <see cref="RowWeaver"/>. Either a loop writes them here, or the lane
/// points at bytes that stand somewhere else already. Pinned, used again for every batch, and with slack behind its end, so that loops may
/// copy in whole vectors.
/// </summary>
public sealed unsafe class TextLane
{
    /// <summary>Bytes that may be read or written behind the end.</summary>
    public const int SlackBytes = 64;

    private const int MostKeptBytes = 4 << 20;
    private byte[] _bytes = [];
    private int[] _ends = [];

    /// <summary>The first byte of row 0.</summary>
    public byte* Bytes { get; private set; }

    /// <summary>Rows + 1 offsets from <see cref="Bytes"/>: row r's text ends where row r + 1's starts.</summary>
    public int* Ends { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Bytes of all texts together.</summary>
    public int Length => Rows == 0 ? 0 : Ends[Rows] - Ends[0];

    /// <summary>Begins a new column of texts: room for so many rows and bytes. <see cref="Bytes"/> and <see cref="Ends"/> are then to be written.</summary>
    public void Begin(int rows, int bytes)
    {
        if (_ends.Length < rows + 1) _ends = GC.AllocateUninitializedArray<int>(rows + 1, pinned: true);
        if (_bytes.Length < bytes + SlackBytes || _bytes.Length > Math.Max(MostKeptBytes, 4L * bytes))
            _bytes = GC.AllocateUninitializedArray<byte>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(bytes + SlackBytes)), pinned: true);
        Bytes = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        Ends = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_ends));
        Ends[0] = 0;
        Rows = rows;
    }

    /// <summary>Shows texts that stand in pinned memory elsewhere, which stays held until the weaving is done. Slack must follow their end.</summary>
    public void Show(byte* bytes, int* offsets, int rows)
    {
        Bytes = bytes;
        Ends = offsets;
        Rows = rows;
    }

    /// <summary>Copies texts that a writer holds, with the end of each.</summary>
    public void Copy(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends)
    {
        Begin(ends.Length, bytes.Length);
        bytes.CopyTo(new Span<byte>(Bytes, bytes.Length));
        ends.CopyTo(new Span<int>(Ends + 1, ends.Length));
    }

    public ReadOnlySpan<byte> this[int row] => new(Bytes + Ends[row], Ends[row + 1] - Ends[row]);
}
