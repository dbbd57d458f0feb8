using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>Storage did not do what was asked. Trying again may help; nothing is known to be damaged.</summary>
public class StorageException : ChunnelException
{
    public StorageException(string what, Exception? inner = null)
        : this(StorageErrors.OutOfReach, what, inner)
    {
    }

    protected StorageException(ErrorCode code, string what, Exception? inner)
        : base(code, what, inner)
    {
    }
}

/// <summary>A write may have happened, or happen yet: only looking tells.</summary>
public sealed class OutcomeUnknownException(string what, Exception? inner = null) : StorageException(StorageErrors.OutcomeUnknown, what, inner);

/// <summary>What is stored is not what was written. Trying again does not help.</summary>
public sealed class CorruptStateException(string what, Exception? inner = null) : ChunnelException(StorageErrors.Corrupt, what, inner);
