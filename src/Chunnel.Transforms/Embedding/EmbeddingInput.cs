namespace Chunnel.Transforms.Embedding;

/// <summary>One thing that a vector is made of: a text, or the address of an image or video, which may hold it whole.</summary>
internal readonly record struct EmbeddingInput(string Text, ModalityKind Kind)
{
    public static EmbeddingInput Of(EmbeddingField field, string value)
    {
        var modality = field.Modality ?? (field.Format == PayloadFormat.Url ? Modality.OfAddress(value) : Modality.Text);
        return new EmbeddingInput(value, modality.Kind);
    }

    public static EmbeddingInput Of(EmbeddingField field, ReadOnlySpan<byte> bytes) =>
        new($"data:{field.Modality!.MediaType};base64,{Convert.ToBase64String(bytes)}", field.Modality.Kind);
}
