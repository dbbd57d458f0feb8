using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Bench.Sql;

/// <summary>The rows that the queries work on, in columns and boxed.</summary>
internal static class SqlRows
{
    public const int Batches = 64;

    /// <summary>2021-01-01 in microseconds.</summary>
    public const long FirstMoment = 1_609_459_200_000_000;

    public static readonly TableSchema Table = new(TablePath.Parse("t"),
    [
        new ColumnDef("id", DataType.BigInt), new ColumnDef("n", DataType.Int), new ColumnDef("price", DataType.Double), new ColumnDef("name", DataType.String),
        new ColumnDef("a", DataType.Int), new ColumnDef("b", DataType.Int), new ColumnDef("amount", DataType.Decimal(18, 2)), new ColumnDef("ts", DataType.Timestamp),
        new ColumnDef("doc", DataType.String),
    ]);

    public static List<ColumnBatch> MakeBatches()
    {
        var dice = new Random(20_240);
        var batches = new List<ColumnBatch>();
        using var builder = new BatchBuilder(Table, BatchMemory.Unlimited(), ColumnBatch.AimRows);
        Span<byte> name = stackalloc byte[12];
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var row = 0; row < ColumnBatch.AimRows; row++)
            {
                builder.Fixed<long>(0)[row] = (long)batch * ColumnBatch.AimRows + row;
                builder.Fixed<int>(1)[row] = dice.Next(1000);
                builder.Fixed<double>(2)[row] = dice.Next(1_000_000) / 100.0;
                foreach (ref var letter in name) letter = (byte)('a' + dice.Next(26));
                builder.Text(3).Append(dice.Next(50) == 0 ? "x"u8 : name);
                builder.Fixed<int>(4)[row] = dice.Next(1000);
                builder.Fixed<int>(5)[row] = dice.Next(1000);
                builder.Decimal(6).Values[row] = dice.Next(1_000_000_000);
                builder.Timestamp(7).Micros[row] = FirstMoment + dice.NextInt64(365L * 86_400) * 1_000_000;
                builder.Text(8).Append(Encoding.UTF8.GetBytes(Document(dice)));
            }
            batches.Add(builder.Build(ColumnBatch.AimRows));
        }
        return batches;
    }

    public static IEnumerable<object?[]> Boxed(ColumnBatch batch)
    {
        var rows = new object?[batch.Rows][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] =
            [
                ((FixedColumn<long>)batch[0]).Values[row], ((FixedColumn<int>)batch[1]).Values[row], ((FixedColumn<double>)batch[2]).Values[row],
                Encoding.UTF8.GetString(((TextColumn)batch[3])[row]), ((FixedColumn<int>)batch[4]).Values[row], ((FixedColumn<int>)batch[5]).Values[row], null,
                DateTime.UnixEpoch.AddMicroseconds(((TimestampColumn)batch[7]).Micros[row]), Encoding.UTF8.GetString(((TextColumn)batch[8])[row]),
            ];
        }
        return rows;
    }

    /// <summary>An order of about 300 bytes.</summary>
    private static string Document(Random dice) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"order":{{dice.Next(1_000_000)}},"user":{"id":{{dice.Next(10_000)}},"name":"Joy Ding","city":"Town {{dice.Next(100)}}","tags":["new","north"]},"items":[{"sku":"A-{{dice.Next(1000)}}","count":{{dice.Next(9)}},"price":12.5},{"sku":"B-{{dice.Next(1000)}}","count":1,"price":7.25}],"note":"leave it with the neighbour","paid":true,"total":{{dice.Next(100_000) / 100.0}}}
        """);
}
