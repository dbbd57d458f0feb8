using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Some rows of one table, and how far they are made.</summary>
internal sealed record FakeSplit : SourceSplit
{
    private const byte Version = 1;

    public FakeSplit(FakeStart start, int table, int number, long firstRow, long rows, long position)
        : base($"{table}-{number}")
    {
        (Start, Table, Number, FirstRow, Rows, Position) = (start, table, number, firstRow, rows, position);
    }

    public FakeStart Start { get; }

    /// <summary>Place of the table in the source's list.</summary>
    public int Table { get; }

    /// <summary>Number of the split among those of its table: number modulo readers owns it.</summary>
    public int Number { get; }

    /// <summary>Number of the split's first row among all rows of the table in the job.</summary>
    public long FirstRow { get; }

    public long Rows { get; }

    /// <summary>Rows of the split that are made.</summary>
    public long Position { get; init; }

    public override long? SizeLeft => Rows - Position;

    public bool IsDone => Position >= Rows;

    public static void Write(BinaryWriter to, FakeSplit split)
    {
        to.Write(Version);
        to.Write(split.Start.Seed);
        to.Write(split.Start.Now.Ticks);
        to.Write((short)split.Start.Now.Offset.TotalMinutes);
        to.Write(split.Table);
        to.Write(split.Number);
        to.Write(split.FirstRow);
        to.Write(split.Rows);
        to.Write(split.Position);
    }

    public static FakeSplit Read(BinaryReader from)
    {
        var version = from.ReadByte();
        if (version != Version) throw new InvalidDataException($"A split of FakeSource has version {version}; this build reads version {Version}.");
        var seed = from.ReadUInt64();
        var ticks = from.ReadInt64();
        var start = new FakeStart(seed, new DateTimeOffset(ticks, TimeSpan.FromMinutes(from.ReadInt16())));
        return new FakeSplit(start, from.ReadInt32(), from.ReadInt32(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64());
    }
}
