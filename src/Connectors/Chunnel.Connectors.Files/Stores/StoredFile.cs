namespace Chunnel.Connectors.Files;

/// <summary>A file as a listing found it.</summary>
public sealed record StoredFile(string Path, long Bytes, DateTimeOffset Modified);
