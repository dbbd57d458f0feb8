namespace Chunnel.Engine;

/// <summary>A medium that also keeps what is large: it can give an object that was written aside its final key.</summary>
public interface IObjectMedium : ILogMedium
{
    /// <summary>
    /// Puts the object of one key under another one as well, in one step and durably, unless that has an object. The first key may be deleted
    /// afterwards.
    /// </summary>
    /// <returns>Null where there is no object under the first key.</returns>
    ValueTask<PutOutcome?> PublishAsync(string key, string finalKey, CancellationToken stop);
}
