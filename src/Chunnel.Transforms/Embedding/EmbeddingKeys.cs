using Chunnel.Plugins;
using Chunnel.Transforms.Providers;

namespace Chunnel.Transforms.Embedding;

/// <summary>What some providers want to know beside a key.</summary>
internal static class EmbeddingKeys
{
    public static readonly Option<string> SecretKey = Option.Text("secret_key").IsSecret().Says("The second key of QIANFAN and AMAZON. It is never shown.");

    public static readonly Option<string> OauthPath = Option.Text("oauth_path").Must(ModelOptions.WrongAddress).Says("Where QIANFAN gives tokens, if not at its own address.");

    public static readonly Option<string> Region = Option.Text("aws_region").Must(region => region.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') ? null : "The value of 'aws_region' is no region, such as us-east-1.")
        .Says("The region of AMAZON's Bedrock.");
}
