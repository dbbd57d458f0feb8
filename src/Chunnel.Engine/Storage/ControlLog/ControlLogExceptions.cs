using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>Another node is the master now. What could not be appended is certainly not in the log.</summary>
public sealed class FencedException(string what) : ChunnelException(StorageErrors.Fenced, what);

/// <summary>The log was closed before it came to this append, which is not in it.</summary>
public sealed class LogClosedException(string place)
    : ChunnelException(StorageErrors.LogClosed, $"The control log at {place} takes nothing more.");
