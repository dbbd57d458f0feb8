namespace Chunnel.Engine;

public sealed partial class SqliteMedium
{
    /// <summary>One thing to do, and who waits for it.</summary>
    private abstract class Call
    {
        public virtual bool Writes => false;

        public abstract void Run(Database database);

        public abstract void Answer();

        public abstract void Fail(Exception fault);

        public sealed class Put(string key, ReadOnlyMemory<byte> value) : Call<bool>
        {
            public override bool Writes => true;

            protected override bool Ask(Database database) => database.Insert(key, value);
        }

        public sealed class Get(string key) : Call<byte[]?>
        {
            protected override byte[]? Ask(Database database) => database.Read(key);
        }

        public sealed class List(string prefix) : Call<IReadOnlyList<string>>
        {
            protected override IReadOnlyList<string> Ask(Database database) => database.Keys(prefix);
        }

        public sealed class Delete(string key) : Call<bool>
        {
            public override bool Writes => true;

            protected override bool Ask(Database database) => database.Delete(key);
        }
    }

    private abstract class Call<TAnswer> : Call
    {
        private readonly TaskCompletionSource<TAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TAnswer _answer = default!;

        public Task<TAnswer> Answered => _answered.Task;

        public override void Run(Database database) => _answer = Ask(database);

        public override void Answer() => _answered.TrySetResult(_answer);

        public override void Fail(Exception fault) => _answered.TrySetException(fault);

        protected abstract TAnswer Ask(Database database);
    }
}
