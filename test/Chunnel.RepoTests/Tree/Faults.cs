namespace Chunnel.RepoTests.Tree;

/// <summary>Everything that a rule found, told at once.</summary>
internal static class Faults
{
    extension(IEnumerable<string> faults)
    {
        /// <summary>Fails with all of them, and with what to do, unless there are none.</summary>
        public void ShouldBeNone(string cure)
        {
            var all = faults.ToList();
            if (all.Count > 0)
            {
                Assert.Fail(string.Join(Environment.NewLine, all) + Environment.NewLine + "-> " + cure);
            }
        }
    }
}
