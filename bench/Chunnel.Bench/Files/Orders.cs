using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Bench;

/// <summary>The rows that benches measure with, from a seed: about 55 bytes of csv each, one name in twenty with a letter outside ASCII, one in a hundred with a comma in quotes.</summary>
internal static class Orders
{
    private const int FlushChars = 1 << 20;

    public static readonly TableSchema Schema = new(TablePath.Parse("bench.orders"),
    [
        new ColumnDef("id", DataType.BigInt), new ColumnDef("n", DataType.Int), new ColumnDef("price", DataType.Double),
        new ColumnDef("name", DataType.String), new ColumnDef("ts", DataType.Timestamp),
    ]);

    public static byte[] Csv(int rows)
    {
        using var bytes = new MemoryStream(rows * 58);
        WriteCsv(bytes, rows);
        return bytes.ToArray();
    }

    public static void WriteCsv(Stream output, int rows) => Write(output, rows, (text, order) =>
    {
        text.Append(CultureInfo.InvariantCulture, $"{order.Id},{order.N},{order.Price},");
        if (order.Name.Contains(',', StringComparison.Ordinal)) text.Append('"').Append(order.Name).Append('"');
        else text.Append(order.Name);
        text.Append(CultureInfo.InvariantCulture, $",{order.Time:yyyy-MM-dd HH:mm:ss}\n");
    });

    /// <summary>The same rows as JSON lines.</summary>
    public static void WriteJson(Stream output, int rows) => Write(output, rows, (text, order) =>
        text.Append(CultureInfo.InvariantCulture, $$"""{"id":{{order.Id}},"n":{{order.N}},"price":{{order.Price}},"name":"{{order.Name}}","ts":"{{order.Time:yyyy-MM-ddTHH:mm:ss}}"}""").Append('\n'));

    private static void Write(Stream output, int rows, Action<StringBuilder, Order> append)
    {
        var chance = new Random(42);
        var text = new StringBuilder(FlushChars + 1024);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), FlushChars, leaveOpen: true);
        var first = new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var name = new char[12];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < name.Length; k++) name[k] = (char)('a' + chance.Next(26));
            if (chance.Next(20) == 0) name[chance.Next(12)] = 'é';
            if (chance.Next(100) == 0) name[5] = ',';
            append(text, new Order(1_000_000L + i, chance.Next(1_000_000), chance.Next(1, 1_000_000) / 100.0, new string(name), first.AddSeconds(chance.Next(86_400 * 365))));
            if (text.Length < FlushChars) continue;
            writer.Write(text);
            text.Clear();
        }
        writer.Write(text);
    }

    private readonly record struct Order(long Id, int N, double Price, string Name, DateTime Time);
}
