namespace Chunnel.Connectors.Files;

/// <summary>A file that is being written. It counts only once it is completed; disposing it before gives it up.</summary>
public interface IFileUpload : IAsyncDisposable
{
    /// <summary>Where the bytes go. It is not closed by the writer.</summary>
    Stream Body { get; }

    /// <summary>Ends the file; returns when its bytes would outlive a power cut.</summary>
    ValueTask CompleteAsync(CancellationToken stop);
}
