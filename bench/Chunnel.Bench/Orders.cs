using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Bench;

/// <summary>The rows that benches measure with, from a seed: about 54 bytes of csv each, one name in a hundred with a comma in quotes.</summary>
internal static class Orders
{
    public static readonly TableSchema Schema = new(TablePath.Parse("bench.orders"),
    [
        new ColumnDef("id", DataType.BigInt), new ColumnDef("n", DataType.Int), new ColumnDef("price", DataType.Double),
        new ColumnDef("name", DataType.String), new ColumnDef("ts", DataType.Timestamp),
    ]);

    public static byte[] Csv(int rows)
    {
        var chance = new Random(42);
        var text = new StringBuilder(rows * 58);
        var name = new char[12];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < name.Length; k++) name[k] = (char)('a' + chance.Next(26));
            if (chance.Next(20) == 0) name[chance.Next(12)] = 'é';
            var quoted = chance.Next(100) == 0;
            if (quoted) name[5] = ',';
            text.Append(CultureInfo.InvariantCulture, $"{1_000_000L + i},{chance.Next(1_000_000)},{chance.Next(1, 1_000_000) / 100.0},");
            if (quoted) text.Append('"').Append(name).Append('"');
            else text.Append(name);
            var seconds = chance.Next(86_400 * 365);
            text.Append(CultureInfo.InvariantCulture, $",{new DateTime(2023, 1, 1).AddSeconds(seconds):yyyy-MM-dd HH:mm:ss}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
