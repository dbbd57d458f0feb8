using System.Text;

namespace Chunnel.Engine;

/// <summary>
/// Meters as bytes of a checkpoint, so that an attempt that goes on from it counts no row twice: the age in ticks, then for each meter
/// the number of its tables and for each table its name, rows and bytes; numbers as <see cref="BinaryWriter"/> writes them.
/// </summary>
internal static class CounterState
{
    public static byte[] Pack(params ReadOnlySpan<Meter> meters)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(meters[0].Age.Ticks);
            foreach (var meter in meters)
            {
                (string Table, long Rows, long Bytes)[] tables = [.. meter.Tables.Select(table => (table.Key, table.Value.Rows, table.Value.Bytes))];
                writer.Write7BitEncodedInt(tables.Length);
                foreach (var (table, rows, bytes) in tables)
                {
                    writer.Write(table);
                    writer.Write7BitEncodedInt64(rows);
                    writer.Write7BitEncodedInt64(bytes);
                }
            }
        }
        return stream.ToArray();
    }

    /// <summary>The rows by table of each meter; nothing for a task that counts nothing.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, long>> Read(byte[] packed)
    {
        if (packed.Length == 0) return [];
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        reader.ReadInt64();
        var meters = new List<Dictionary<string, long>>();
        while (reader.BaseStream.Position < packed.Length)
        {
            var tables = new Dictionary<string, long>(StringComparer.Ordinal);
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
            {
                tables[reader.ReadString()] = reader.Read7BitEncodedInt64();
                reader.Read7BitEncodedInt64();
            }
            meters.Add(tables);
        }
        return meters;
    }

    /// <summary>Adds to each group of meters what its place in <see cref="Pack"/>'s arguments holds.</summary>
    public static void Unpack(byte[] packed, params ReadOnlySpan<Meter[]> meters)
    {
        if (packed.Length == 0) return;
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var age = TimeSpan.FromTicks(reader.ReadInt64());
        foreach (var group in meters)
        {
            // One that counted less things was written by an older program.
            if (reader.BaseStream.Position == packed.Length) return;
            for (var tables = reader.Read7BitEncodedInt(); tables > 0; tables--)
            {
                var (table, rows, bytes) = (reader.ReadString(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
                foreach (var meter in group) meter.GoOnFrom(age, table, rows, bytes);
            }
        }
    }
}
