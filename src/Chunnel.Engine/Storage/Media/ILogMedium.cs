namespace Chunnel.Engine;

/// <summary>
/// Where the control log lies: small objects under keys like <c>seg/3/17</c>, each written once. Of all who write the same key exactly one
/// wins, whatever processes they are in; that is all the arbitration there is. Every implementation passes <c>LogMediumContract</c>.
/// </summary>
/// <remarks>
/// Calls may overlap. What could not be done is a <see cref="StorageException"/>; a write whose fate is not known (a reply that never came,
/// a call that was cancelled under way) is an <see cref="OutcomeUnknownException"/> or a cancellation, and may still happen later.
/// </remarks>
public interface ILogMedium : IAsyncDisposable
{
    /// <summary>Where a person would look for it: a file, a folder, a bucket.</summary>
    string Place { get; }

    /// <summary>Writes the value if the key has none. When it has won, the value survives a power cut.</summary>
    ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop);

    /// <summary>The value as it is now; null where there is none.</summary>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken stop);

    /// <summary>The keys that begin with a prefix, in ordinal order. It may be a moment old: a guess where to look, never a proof.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop);

    /// <summary>Removes the value; it does not matter whether there is one.</summary>
    ValueTask DeleteAsync(string key, CancellationToken stop);
}
