using System.Buffers.Binary;

namespace Chunnel.Engine;

/// <summary>What one object of a log is.</summary>
internal enum SegmentKind : byte
{
    /// <summary>An epoch is claimed.</summary>
    Open = 1,

    /// <summary>The first of an epoch: what all before it adds up to.</summary>
    Snapshot = 2,

    /// <summary>One group commit.</summary>
    Data = 3,

    /// <summary>The epoch ends here.</summary>
    Seal = 4,
}

/// <summary>
/// One object of a log. Little-endian: <c>CHLG</c>, format, kind, two zeros, length of everything (8), writer (16), epoch (8), slot (8), number of
/// records (4), CRC-32 of all that (4); each record as kind (2), length (4), bytes; last the CRC-64 of all before it (8).
/// </summary>
internal sealed record LogSegment(SegmentKind Kind, Guid Writer, long Epoch, long Slot, IReadOnlyList<LogRecord> Records)
{
    private const byte Format = 1;
    private const int HeaderCrc = 52;
    private const int HeaderBytes = HeaderCrc + 4;
    private const int RecordHeaderBytes = 6;
    private const int CrcBytes = StoredBytes.CrcBytes;

    private static ReadOnlySpan<byte> Magic => "CHLG"u8;

    /// <summary>How much a record takes.</summary>
    public static long BytesOf(LogRecord record) => RecordHeaderBytes + record.Bytes.Length;

    public byte[] ToBytes()
    {
        var bytes = new byte[checked((int)(HeaderBytes + CrcBytes + Records.Sum(BytesOf)))];
        var span = bytes.AsSpan();
        span[5] = (byte)Kind;
        Writer.TryWriteBytes(span[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(span[40..], Slot);
        BinaryPrimitives.WriteInt32LittleEndian(span[48..], Records.Count);
        var at = HeaderBytes;
        foreach (var record in Records)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(span[at..], checked((ushort)record.Kind));
            BinaryPrimitives.WriteInt32LittleEndian(span[(at + 2)..], record.Bytes.Length);
            record.Bytes.Span.CopyTo(span[(at + RecordHeaderBytes)..]);
            at += RecordHeaderBytes + record.Bytes.Length;
        }
        StoredBytes.Finish(span, Magic, Format, HeaderCrc);
        return bytes;
    }

    /// <summary>Reads what stands in a place, or says what is wrong with it.</summary>
    public static LogSegment? Parse(ReadOnlyMemory<byte> bytes, long epoch, long slot, out StoredFault? fault)
    {
        var span = bytes.Span;
        fault = FaultOf(span, epoch, slot);
        if (fault is not null) return null;
        if (RecordsOf(bytes[HeaderBytes..^CrcBytes], BinaryPrimitives.ReadInt32LittleEndian(span[48..])) is { } records)
        {
            return new LogSegment((SegmentKind)span[5], new Guid(span[16..32]), epoch, slot, records);
        }
        fault = StoredFault.Damaged("holds records that do not fit into it");
        return null;
    }

    private static StoredFault? FaultOf(ReadOnlySpan<byte> bytes, long epoch, long slot)
    {
        if (StoredBytes.Check(bytes, Magic, Format, HeaderCrc) is { } fault) return fault;
        return (BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..])) == (epoch, slot)
            ? null
            : StoredFault.Damaged("belongs to another place of the log");
    }

    private static LogRecord[]? RecordsOf(ReadOnlyMemory<byte> body, int count)
    {
        if (count < 0 || (long)count * RecordHeaderBytes > body.Length) return null;
        var records = new LogRecord[count];
        for (var index = 0; index < count; index++)
        {
            if (body.Length < RecordHeaderBytes) return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span[2..]);
            if (length < 0 || length > body.Length - RecordHeaderBytes) return null;
            records[index] = new LogRecord(BinaryPrimitives.ReadUInt16LittleEndian(body.Span), body.Slice(RecordHeaderBytes, length));
            body = body[(RecordHeaderBytes + length)..];
        }
        return body.IsEmpty ? records : null;
    }
}
