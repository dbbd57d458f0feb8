namespace Chunnel.Transforms.Providers;

/// <summary>The place of a model's name in an address.</summary>
internal static class ModelName
{
    public const string Placeholder = "${model}";

    public static Uri Into(string address, string model) => new(address.Replace(Placeholder, Uri.EscapeDataString(model), StringComparison.Ordinal));
}
