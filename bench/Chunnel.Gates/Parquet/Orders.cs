using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using Chunnel.Core;

namespace Chunnel.Gates.Parquet;

/// <summary>Batches of five columns, about 54 bytes a row, in our blocks, and wrapped as Arrow without a copy.</summary>
internal sealed class Orders : IDisposable
{
    public const int RowsPerBatch = 4096;

    public static readonly Schema Schema = new(
    [
        new Field("id", Int64Type.Default, nullable: true),
        new Field("n", Int32Type.Default, nullable: true),
        new Field("price", DoubleType.Default, nullable: true),
        new Field("name", StringType.Default, nullable: true),
        new Field("ts", new TimestampType(TimeUnit.Microsecond, timezone: (string?)null), nullable: true),
    ], metadata: null);

    private static readonly string[] s_letters = [.. "abcdefghijklmnopqrstuvwxyz".Select(letter => letter.ToString()), "ä", "é", "ø", "ß", "日", "Ж"];

    private readonly Block[] _blocks;
    private readonly int _nameBytes;

    public Orders(BatchMemory memory, Random dice, long firstId)
    {
        _blocks =
        [
            memory.Rent(RowsPerBatch * sizeof(long)), memory.Rent(RowsPerBatch * sizeof(int)), memory.Rent(RowsPerBatch * sizeof(double)),
            memory.Rent((RowsPerBatch + 1) * sizeof(int)), memory.Rent(RowsPerBatch * 40), memory.Rent(RowsPerBatch * sizeof(long)),
        ];
        _nameBytes = Fill(dice, firstId);
    }

    public IReadOnlyList<Block> Blocks => _blocks;

    public RecordBatch Wrap() => new(Schema,
    [
        ArrowArrayFactory.BuildArray(Fixed(Int64Type.Default, 0, sizeof(long))),
        ArrowArrayFactory.BuildArray(Fixed(Int32Type.Default, 1, sizeof(int))),
        ArrowArrayFactory.BuildArray(Fixed(DoubleType.Default, 2, sizeof(double))),
        ArrowArrayFactory.BuildArray(new ArrayData(StringType.Default, RowsPerBatch, 0, 0,
            [ArrowBuffer.Empty, Buffer(3, (RowsPerBatch + 1) * sizeof(int)), Buffer(4, _nameBytes)])),
        ArrowArrayFactory.BuildArray(Fixed(Schema.GetFieldByIndex(4).DataType, 5, sizeof(long))),
    ], RowsPerBatch);

    /// <summary>A number that changes with any byte of the rows.</summary>
    public ulong Sum() => Sums.Of(
        Bytes(0, RowsPerBatch * 8), Bytes(1, RowsPerBatch * 4), Bytes(2, RowsPerBatch * 8), Bytes(4, _nameBytes), Bytes(5, RowsPerBatch * 8));

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            block.Release();
        }
    }

    private ReadOnlySpan<byte> Bytes(int block, int count) => _blocks[block].GetSpan()[..count];

    private ArrayData Fixed(IArrowType type, int block, int width) =>
        new(type, RowsPerBatch, 0, 0, [ArrowBuffer.Empty, Buffer(block, RowsPerBatch * width)]);

    private ArrowBuffer Buffer(int block, int bytes) => new(_blocks[block].Memory[..bytes]);

    private int Fill(Random dice, long firstId)
    {
        var ids = MemoryMarshal.Cast<byte, long>(_blocks[0].GetSpan());
        var counts = MemoryMarshal.Cast<byte, int>(_blocks[1].GetSpan());
        var prices = MemoryMarshal.Cast<byte, double>(_blocks[2].GetSpan());
        var ends = MemoryMarshal.Cast<byte, int>(_blocks[3].GetSpan());
        var names = _blocks[4].GetSpan();
        var times = MemoryMarshal.Cast<byte, long>(_blocks[5].GetSpan());
        var end = 0;
        ends[0] = 0;
        for (var row = 0; row < RowsPerBatch; row++)
        {
            ids[row] = firstId + row;
            counts[row] = dice.Next(1000);
            prices[row] = dice.Next(100_000) / 100.0;
            for (var letter = 0; letter < 12; letter++)
            {
                end += Encoding.UTF8.GetBytes(s_letters[dice.Next(s_letters.Length)], names[end..]);
            }
            ends[row + 1] = end;
            times[row] = 1_704_067_200_000_000 + dice.NextInt64(31_536_000) * 1_000_000;
        }
        return end;
    }
}
