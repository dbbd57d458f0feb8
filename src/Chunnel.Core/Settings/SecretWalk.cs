namespace Chunnel.Core;

/// <summary>Goes through settings for the values that are secret there.</summary>
internal sealed class SecretWalk
{
    // Every job has tables of this name; a database's user may be called so too.
    private const string DefaultTable = "default";

    private readonly HashSet<string> _secret = new(StringComparer.Ordinal);
    private readonly HashSet<string> _userNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openWords = new(StringComparer.Ordinal) { DefaultTable };

    /// <summary>
    /// What was found. A user's name that the job says openly too, as the name of a database perhaps, is left out: hiding it would take the
    /// database's name out of every error.
    /// </summary>
    public IEnumerable<string> Values => _secret.Concat(_userNames.Where(name => !_openWords.Contains(name)));

    public void Look(SettingsNode node, IReadOnlyCollection<string> alsoSecret) => Look(node, alsoSecret, null);

    private void Look(SettingsNode node, IReadOnlyCollection<string> alsoSecret, HashSet<string>? into)
    {
        switch (node)
        {
            case SettingsObject inner:
                foreach (var entry in inner.Entries) Look(entry.Value, alsoSecret, into ?? TargetOf(entry.Key, alsoSecret));
                break;
            case SettingsList list:
                foreach (var item in list.Items) Look(item, alsoSecret, into);
                break;
            case SettingsScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar:
                if ((into ?? (scalar.IsSecret ? _secret : null)) is { } target) target.Add(scalar.Text);
                else LookInto(scalar.Text, alsoSecret);
                break;
        }
    }

    private HashSet<string>? TargetOf(string key, IReadOnlyCollection<string> alsoSecret) =>
        !Secrets.IsSecret(key, alsoSecret) ? null : Secrets.IsUserName(key) ? _userNames : _secret;

    /// <summary>An open text may hold a secret: a password in an address.</summary>
    private void LookInto(string text, IReadOnlyCollection<string> alsoSecret)
    {
        var done = 0;
        foreach (var (start, end) in SecretSpans.Find(text, alsoSecret))
        {
            _secret.Add(text[start..end].Trim('"', '\'', '`'));
            if (start > done) AddWords(text.AsSpan(done, start - done));
            done = Math.Max(done, end);
        }
        AddWords(text.AsSpan(done));
    }

    private void AddWords(ReadOnlySpan<char> open)
    {
        var start = -1;
        for (var at = 0; at <= open.Length; at++)
        {
            var isWord = at < open.Length && (char.IsLetterOrDigit(open[at]) || open[at] is '_' or '-');
            if (isWord && start < 0) start = at;
            if (isWord || start < 0) continue;
            _openWords.Add(open[start..at].ToString());
            start = -1;
        }
    }
}
