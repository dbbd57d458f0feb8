using System.Runtime.InteropServices;
using Chunnel.Core;
using Microsoft.Data.Sqlite;

namespace Chunnel.Engine;

public sealed partial class SqliteMedium
{
    /// <summary>The open file and its prepared statements; used by one thread.</summary>
    private sealed class Database : IDisposable
    {
        private const string Schema = "create table if not exists object (key text not null primary key, value blob not null)";

        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;
        private readonly SqliteCommand _read;
        private readonly SqliteCommand _keys;
        private readonly SqliteCommand _delete;
        private readonly SqliteCommand _begin;
        private readonly SqliteCommand _commit;

        private Database(SqliteConnection connection)
        {
            _connection = connection;
            _insert = Statement("insert into object (key, value) values ($key, $value) on conflict do nothing", "$key", "$value");
            _read = Statement("select value from object where key = $key", "$key");
            // Keys are ASCII: what begins with a prefix lies between it and it with the greatest byte after.
            _keys = Statement("select key from object where key >= $prefix and key < $beyond order by key", "$prefix", "$beyond");
            _delete = Statement("delete from object where key = $key", "$key");
            // The lock is taken at once: one that was taken later could find that another process wrote meanwhile, and would have to start over.
            _begin = Statement("begin immediate");
            _commit = Statement("commit");
        }

        public static Database Open(string file)
        {
            var folder = Path.GetDirectoryName(file)!;
            var isNew = !File.Exists(file);
            if (isNew) LocalDisk.Instance.MakeFolders(folder);
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString());
            try
            {
                connection.Open();
                foreach (var sql in (string[])["pragma busy_timeout = 5000", "pragma journal_mode = wal", "pragma synchronous = full", Schema])
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = sql;
                    command.ExecuteNonQuery();
                }
                if (isNew) LocalDisk.Instance.FlushFolder(folder);
                return new Database(connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        public void Begin()
        {
            FailPoint.Reach("sqlite.begin.before");
            _begin.ExecuteNonQuery();
            FailPoint.Reach("sqlite.begin.after");
        }

        /// <summary>When it returns, everything since <see cref="Begin"/> is on the disk.</summary>
        public void Commit()
        {
            FailPoint.Reach("sqlite.commit.before");
            _commit.ExecuteNonQuery();
            FailPoint.Reach("sqlite.commit.after");
        }

        public bool Insert(string key, ReadOnlyMemory<byte> value)
        {
            FailPoint.Reach("sqlite.insert");
            _insert.Parameters[0].Value = key;
            _insert.Parameters[1].Value = MemoryMarshal.TryGetArray(value, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : value.ToArray();
            return _insert.ExecuteNonQuery() == 1;
        }

        public byte[]? Read(string key)
        {
            FailPoint.Reach("sqlite.read");
            _read.Parameters[0].Value = key;
            return (byte[]?)_read.ExecuteScalar();
        }

        public List<string> Keys(string prefix)
        {
            FailPoint.Reach("sqlite.keys");
            _keys.Parameters[0].Value = prefix;
            _keys.Parameters[1].Value = prefix + '\x7f';
            var keys = new List<string>();
            using var reader = _keys.ExecuteReader();
            while (reader.Read()) keys.Add(reader.GetString(0));
            return keys;
        }

        public bool Delete(string key)
        {
            FailPoint.Reach("sqlite.delete");
            _delete.Parameters[0].Value = key;
            return _delete.ExecuteNonQuery() == 1;
        }

        public void Dispose()
        {
            _insert.Dispose();
            _read.Dispose();
            _keys.Dispose();
            _delete.Dispose();
            _begin.Dispose();
            _commit.Dispose();
            _connection.Dispose();
        }

        private SqliteCommand Statement(string sql, params string[] parameters)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, null));
            return command;
        }
    }
}
