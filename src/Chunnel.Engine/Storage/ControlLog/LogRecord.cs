namespace Chunnel.Engine;

/// <summary>One decision as the log keeps it.</summary>
/// <param name="Kind">What the bytes are, in the writer's own numbers; 0 to 65,535.</param>
/// <param name="Bytes">The log does not look into them. They must not change once they are handed over.</param>
public readonly record struct LogRecord(int Kind, ReadOnlyMemory<byte> Bytes);
