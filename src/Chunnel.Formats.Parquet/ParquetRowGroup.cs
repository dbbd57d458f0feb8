namespace Chunnel.Formats.Parquet;

/// <summary>A part of a file that can be read alone: what splits are cut by.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="FirstRow">Number of its first row in the file.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Bytes">Its size uncompressed.</param>
public sealed record ParquetRowGroup(int Index, long FirstRow, long Rows, long Bytes);
