namespace Chunnel.Transforms.Embedding;

/// <summary>What the values of a source column are.</summary>
internal enum PayloadFormat
{
    /// <summary>The text itself.</summary>
    Text,

    /// <summary>The address of an image or a video.</summary>
    Url,

    /// <summary>The image or video itself.</summary>
    Binary,
}
