namespace Chunnel.Transforms.Embedding;

/// <summary>What a value shows, to a model that knows more than texts.</summary>
internal enum ModalityKind
{
    Text,
    Image,
    Video,
}

/// <summary>A kind of text, image or video.</summary>
/// <param name="Name">As job files write it.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="MediaType">As the web calls it.</param>
/// <param name="Endings">What names of such files end with.</param>
internal sealed record Modality(string Name, ModalityKind Kind, string MediaType, params string[] Endings)
{
    public static readonly Modality Text = new("text", ModalityKind.Text, "text/plain");

    public static readonly IReadOnlyList<Modality> All =
    [
        Text,
        new("jpeg", ModalityKind.Image, "image/jpeg", "jpg", "jpeg"),
        new("png", ModalityKind.Image, "image/png", "png", "apng"),
        new("gif", ModalityKind.Image, "image/gif", "gif"),
        new("webp", ModalityKind.Image, "image/webp", "webp"),
        new("bmp", ModalityKind.Image, "image/bmp", "bmp", "dib"),
        new("tiff", ModalityKind.Image, "image/tiff", "tiff", "tif"),
        new("ico", ModalityKind.Image, "image/x-icon", "ico"),
        new("icns", ModalityKind.Image, "image/icns", "icns"),
        new("sgi", ModalityKind.Image, "image/sgi", "sgi"),
        new("jpeg2000", ModalityKind.Image, "image/jp2", "j2c", "j2k", "jp2", "jpc", "jpf", "jpx"),
        new("mp4", ModalityKind.Video, "video/mp4", "mp4"),
        new("avi", ModalityKind.Video, "video/avi", "avi"),
        new("mov", ModalityKind.Video, "video/quicktime", "mov"),
    ];

    public static Modality Named(string name) => All.First(modality => modality.Name == name);

    /// <summary>What an address's ending says; text when it says nothing.</summary>
    public static Modality OfAddress(string address)
    {
        var path = address.AsSpan();
        if (path.IndexOfAny('?', '#') is var end and >= 0) path = path[..end];
        var ending = path[(path.LastIndexOf('.') + 1)..].ToString();
        return All.FirstOrDefault(modality => modality.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)) ?? Text;
    }
}
