using System.Text;

namespace Chunnel.Engine;

/// <summary>A plug-in's bytes with the table that they belong to, for commits and checkpoint states.</summary>
/// <param name="Table">The table's id.</param>
/// <param name="Bytes">The plug-in's own.</param>
/// <param name="IsPrepared">True for what a committer has yet to commit, false for a writer's state.</param>
/// <param name="Replica">Which replica of the sink's writers it comes from.</param>
internal sealed record TableBytes(string Table, byte[] Bytes, bool IsPrepared = false, int Replica = 0)
{
    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static TableBytes Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var (isPrepared, replica, table) = (reader.ReadBoolean(), reader.Read7BitEncodedInt(), reader.ReadString());
        return new TableBytes(table, reader.ReadBytes(packed.Length), isPrepared, replica);
    }

    /// <summary>One array: the mark, the replica, the table's length and UTF-8 bytes, then the plug-in's.</summary>
    public byte[] Pack()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(IsPrepared);
            writer.Write7BitEncodedInt(Replica);
            writer.Write(Table);
            writer.Write(Bytes);
        }
        return stream.ToArray();
    }
}
