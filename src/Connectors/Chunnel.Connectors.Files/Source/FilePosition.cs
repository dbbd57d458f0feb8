namespace Chunnel.Connectors.Files;

/// <summary>How far a file, or a share of one, has been read: the next row begins here.</summary>
/// <param name="Member">Number of the archive's member, from 0.</param>
/// <param name="Offset">Bytes of the file before the next row, after decompression and as UTF-8.</param>
/// <param name="Rows">Rows read of the share (of the file for parquet).</param>
/// <param name="Lines">Lines read of the share, for messages.</param>
public sealed record FilePosition(int Member = 0, long Offset = 0, long Rows = 0, long Lines = 0);
