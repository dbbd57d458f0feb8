using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Ends and sizes of rows against what they were made of, with nulls, values of other widths than expected, and cut anywhere.</summary>
public sealed class PgRowSizesTests
{
    private const int Worlds = 2_000;
    private const int MostColumns = 40;
    private const int MostRows = 12;

    private static readonly DataType[] Types =
    [
        DataType.Boolean, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, DataType.Date, DataType.Time, DataType.Timestamp, DataType.TimestampTz,
        DataType.String, DataType.Bytes, DataType.Decimal(10, 2),
    ];

    [Fact]
    public unsafe void Rows_end_where_they_do_and_count_what_they_hold()
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var dice = new Random(seed);
            var table = Db.Table("t", [.. Enumerable.Range(0, dice.Next(1, MostColumns)).Select(column => ($"c{column}", Types[dice.Next(Types.Length)]))]);
            var rows = Enumerable.Range(0, dice.Next(MostRows)).Select(_ => RowOf(table, dice)).ToList();
            using var block = new Held(rows.SelectMany(row => row.Bytes).Concat<byte>([0xFF, 0xFF]));
            var sizes = PgRowSizes.TryMake(table)!;

            var whole = sizes.Scan(block.Pointer, block.Length, int.MaxValue);
            whole.ShouldBe(Expected(rows, ended: true), $"seed {seed}");

            var most = dice.Next(rows.Count + 1);
            sizes.Scan(block.Pointer, block.Length, most).ShouldBe(Expected(rows[..most], ended: false), $"seed {seed}");

            var cut = dice.Next(block.Length);
            var (fit, bytes) = (0, 0);
            while (fit < rows.Count && bytes + rows[fit].Bytes.Length <= cut) bytes += rows[fit++].Bytes.Length;
            sizes.Scan(block.Pointer, cut, int.MaxValue).ShouldBe(Expected(rows[..fit], ended: false), $"seed {seed} cut at {cut}");
        }
    }

    [Theory]
    [InlineData(0xC000)] // NaN
    [InlineData(0xD000)] // infinity
    [InlineData(0xF000)] // minus infinity
    public unsafe void What_is_no_number_is_told_of_where_its_row_is_whole(int sign)
    {
        var table = Db.Table("t", ("n", DataType.Decimal(10, 2)), ("t", DataType.String));
        byte[] number = [0, 2, 0, 0, 0, 8, 0, 0, 0, 0, (byte)(sign >> 8), 0, 0, 0, 0, 0, 0, 1, (byte)'x'];
        using var block = new Held(number);
        PgRowSizes.TryMake(table)!.Scan(block.Pointer, block.Length, int.MaxValue).Sum.ShouldBe(PgRowSizes.NotANumber);
        PgRowSizes.TryMake(table)!.Scan(block.Pointer, block.Length - 1, int.MaxValue).ShouldBe(new PgScan(0, 0, 0, false, 0));
    }

    [Fact]
    public unsafe void A_row_of_other_columns_is_refused()
    {
        using var block = new Held([0, 2, 0, 0, 0, 4, 0, 0, 0, 7]);
        Should.Throw<ChunnelException>(() => PgRowSizes.TryMake(Db.Table("t", ("id", DataType.Int)))!.Scan(block.Pointer, block.Length, 1)).Message.ShouldContain("A row has 2 columns where 1 were asked for.");
    }

    [Fact]
    public void Nested_values_have_no_size_here() => PgRowSizes.TryMake(Db.Table("t", ("id", DataType.Int), ("a", DataType.Array(DataType.Int)))).ShouldBeNull();

    private static PgScan Expected(IReadOnlyList<(byte[] Bytes, long Size)> rows, bool ended)
    {
        var bytes = rows.Sum(row => row.Bytes.Length);
        return new PgScan(bytes, rows.Count, rows.Count == 0 ? 0 : bytes - rows[^1].Bytes.Length, ended, rows.Sum(row => row.Size));
    }

    private static (byte[] Bytes, long Size) RowOf(TableSchema table, Random dice)
    {
        var bytes = new List<byte>();
        long size = 0;
        Append(bytes, (short)table.Columns.Count);
        var nulls = dice.Next(3) == 0 ? 4 : 50;
        foreach (var column in table.Columns)
        {
            if (dice.Next(nulls) == 0)
            {
                Append(bytes, -1);
                continue;
            }
            var kind = column.Type.Kind;
            var (value, counted) = kind switch
            {
                TypeKind.String when dice.Next(2) == 0 && string.Concat(Enumerable.Repeat("aé€😀", dice.Next(12))) is var text => (Encoding.UTF8.GetBytes(text), text.Length),
                TypeKind.String or TypeKind.Bytes when dice.Next(70) is var length => (Encoding.ASCII.GetBytes(new string('x', length)), length),
                TypeKind.Decimal => ([0, 1, 0, 0, (byte)(dice.Next(2) << 6), 0, 0, 2, 0, 7], RowSize.BytesOf(kind)!.Value),
                _ => (Random(dice, WidthOf(kind) + (dice.Next(100) == 0 ? 1 : 0)), RowSize.BytesOf(kind)!.Value),
            };
            Append(bytes, value.Length);
            bytes.AddRange(value);
            size += counted;
        }
        return ([.. bytes], size);
    }

    private static int WidthOf(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => 1,
        TypeKind.SmallInt => 2,
        TypeKind.Int or TypeKind.Float or TypeKind.Date => 4,
        _ => 8,
    };

    private static byte[] Random(Random dice, int length)
    {
        var bytes = new byte[length];
        dice.NextBytes(bytes);
        return bytes;
    }

    private static void Append(List<byte> to, short value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        to.AddRange(bytes);
    }

    private static void Append(List<byte> to, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        to.AddRange(bytes);
    }

    /// <summary>Bytes in a block, with its slack behind them.</summary>
    private sealed unsafe class Held : IDisposable
    {
        private readonly Block _block;

        public Held(IEnumerable<byte> bytes)
        {
            var all = bytes.ToArray();
            _block = BatchMemory.Unlimited().Rent(Math.Max(1, all.Length));
            all.CopyTo(_block.GetSpan());
            Length = all.Length;
        }

        public byte* Pointer => _block.Pointer;

        public int Length { get; }

        public void Dispose() => _block.Release();
    }
}
