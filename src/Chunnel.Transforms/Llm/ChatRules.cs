namespace Chunnel.Transforms.Llm;

/// <summary>What a model is told about the form of its answers.</summary>
internal static class ChatRules
{
    public static string Behind(string prompt, string type) =>
        $"""
        {prompt}
        The following rules count for the answer:
        1. The input is a JSON array with one object for each row.
        2. Answer with a JSON array alone: no explanation, no code fence, nothing before or behind it.
        3. The array has exactly one element for each object of the input, in the same order.
        4. Each element is of the type {type}.
        """.ReplaceLineEndings("\n");
}
