namespace Chunnel.Connectors.Files;

/// <summary>A temporary file for streams that must be sought in: gone when it is closed.</summary>
internal static class SpooledFile
{
    public static async ValueTask<Stream> CopyAsync(Stream from, CancellationToken stop)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"chunnel-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose,
        });
        try
        {
            await from.CopyToAsync(file, 1 << 20, stop);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
