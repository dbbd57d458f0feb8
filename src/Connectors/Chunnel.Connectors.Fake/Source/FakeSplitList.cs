namespace Chunnel.Connectors.Fake;

/// <summary>Several splits as bytes: the state of an enumerator.</summary>
internal static class FakeSplitList
{
    public static byte[] ToBytes(IReadOnlyCollection<FakeSplit> splits)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(splits.Count);
        foreach (var split in splits) FakeSplit.Write(to, split);
        to.Flush();
        return bytes.ToArray();
    }

    public static List<FakeSplit> FromBytes(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes));
        var count = from.ReadInt32();
        var splits = new List<FakeSplit>();
        for (var i = 0; i < count; i++) splits.Add(FakeSplit.Read(from));
        return splits;
    }
}
