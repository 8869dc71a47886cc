using System.Data.Common;
using Kinora.Health;

namespace Kinora.Adapters.Sql;

/// <summary>How providers answer, in SQL: a row for each that ever failed.</summary>
internal sealed class SqlHealthStore(ISqlDatabase database) : IHealthStore
{
    private const string Columns = "provider, state, faults, since, until, last_fault";

    public Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ProviderHealth>>(session => session.Query($"SELECT {Columns} FROM provider_health", Read), cancel);

    public Task<ProviderHealth> ChangeAsync(string provider, Func<ProviderHealth, ProviderHealth> change, CancellationToken cancel) =>
        database.WriteAsync(session => Change(session, provider, change), durable: false, cancel);

    private static ProviderHealth Change(SqlSession session, string provider, Func<ProviderHealth, ProviderHealth> change)
    {
        var before = session.Query($"SELECT {Columns} FROM provider_health WHERE provider = @provider", Read, ("@provider", provider)).FirstOrDefault()
            ?? new ProviderHealth(provider);
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            session.Execute(
                $"""
                 INSERT INTO provider_health ({Columns}) VALUES (@provider, @state, @faults, @since, @until, @fault)
                 ON CONFLICT (provider) DO UPDATE SET
                     state = excluded.state, faults = excluded.faults, since = excluded.since, until = excluded.until, last_fault = excluded.last_fault
                 """,
                ("@provider", provider), ("@state", after.Word), ("@faults", after.Faults), ("@since", after.Since.Millis()), ("@until", after.Until.Millis()),
                ("@fault", after.LastFault));
        }

        return after;
    }

    private static ProviderHealth Read(DbDataReader row) => new(row.GetString(0))
    {
        State = ProviderHealth.StateOf(row.GetString(1)),
        Faults = row.GetInt32(2),
        Since = row.Time(3),
        Until = row.TimeOrNull(4),
        LastFault = row.TextOrNull(5),
    };
}
