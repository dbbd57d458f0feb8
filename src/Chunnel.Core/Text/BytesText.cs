namespace Chunnel.Core;

/// <summary>How bytes look as text.</summary>
public enum BytesText
{
    /// <summary>As they are: text files decode and encode UTF-8 themselves.</summary>
    Raw,

    /// <summary><c>[104, -61]</c>, signed, as Java prints an array.</summary>
    Numbers,

    Base64,
}
