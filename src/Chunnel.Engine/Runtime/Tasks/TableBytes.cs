using System.Text;

namespace Chunnel.Engine;

/// <summary>A plug-in's bytes with the table that they belong to, for commits and checkpoint states.</summary>
internal sealed record TableBytes(string Table, byte[] Bytes)
{
    /// <summary>One array: the table's length and UTF-8 bytes, then the plug-in's.</summary>
    public byte[] Pack()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Table);
            writer.Write(Bytes);
        }
        return stream.ToArray();
    }
}
