namespace Chunnel.Engine;

/// <summary>Which store a medium leads to: nodes with the same answer see the same log.</summary>
public static class LogMediumIdentity
{
    private const string Key = "store-id";
    private const int Bytes = 16;

    extension(ILogMedium medium)
    {
        /// <summary>The id of the store, given by whoever asks first and never changed.</summary>
        /// <exception cref="CorruptStateException">Something else stands where the id should.</exception>
        public async ValueTask<Guid> StoreIdAsync(CancellationToken stop)
        {
            var known = await medium.GetAsync(Key, stop);
            if (known is null)
            {
                await medium.PutIfAbsentAsync(Key, Guid.NewGuid().ToByteArray(), stop);
                known = await medium.GetAsync(Key, stop);
            }
            if (known is { Length: Bytes }) return new Guid(known);
            throw new CorruptStateException($"'{Key}' of {medium.Place} is {known?.Length ?? 0} bytes long and not {Bytes}.")
            {
                Mend = "Put it back from a copy, or let the control log lie in an empty place.",
            };
        }
    }
}
