using System.Data.Common;
using System.Globalization;
using Kinora.Accounts;

namespace Kinora.Adapters.Sql;

/// <summary>API keys in SQL.</summary>
internal sealed class SqlApiKeyStore(ISqlDatabase database) : IApiKeyStore
{
    private const string Columns = "id, user_id, name, scopes, hash, created_at, last_used_at, revoked_at, creates_per_minute, daily_micros, monthly_micros";

    public Task<bool> CreateAsync(ApiKey key, ReadOnlyMemory<byte> hash, int most, CancellationToken cancel) =>
        database.WriteAsync(session => Create(session, key, hash, most), durable: true, cancel);

    public Task<StoredApiKey?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Query($"SELECT {Columns} FROM api_keys WHERE hash = @hash AND revoked_at IS NULL", Read, ("@hash", Hex(hash))).FirstOrDefault(), cancel);

    public Task<IReadOnlyList<ApiKey>> ListAsync(string? userId, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            session => session.Query(
                $"SELECT {Columns} FROM api_keys WHERE (CAST(@user AS TEXT) IS NULL OR user_id = @user) ORDER BY seq", row => Read(row).Key, ("@user", userId)),
            cancel);

    public Task<bool> RevokeAsync(string id, string? userId, DateTimeOffset at, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE api_keys SET revoked_at = COALESCE(revoked_at, @at) WHERE id = @id AND (CAST(@user AS TEXT) IS NULL OR user_id = @user)",
                ("@at", at.Millis()), ("@id", id), ("@user", userId)) > 0,
            durable: true,
            cancel);

    public Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE api_keys SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)", ("@at", at.Millis()), ("@id", id)),
            durable: false,
            cancel,
            ordered: false);

    private static bool Create(SqlSession session, ApiKey key, ReadOnlyMemory<byte> hash, int most)
    {
        var good = session.Scalar("SELECT COUNT(*) FROM api_keys WHERE user_id = @user AND revoked_at IS NULL", ("@user", key.UserId));
        if (Convert.ToInt64(good, CultureInfo.InvariantCulture) >= most)
        {
            return false;
        }

        session.Execute(
            $"INSERT INTO api_keys ({Columns}) VALUES (@id, @user, @name, @scopes, @hash, @created, @used, @revoked, @rate, @daily, @monthly)",
            ("@id", key.Id), ("@user", key.UserId), ("@name", key.Name), ("@scopes", string.Join(',', key.Scopes.Words())), ("@hash", Hex(hash)),
            ("@created", key.CreatedAt.Millis()), ("@used", key.LastUsedAt.Millis()), ("@revoked", key.RevokedAt.Millis()),
            ("@rate", key.Limits.CreatesPerMinute), ("@daily", key.Limits.DailyUsd.Micros()), ("@monthly", key.Limits.MonthlyUsd.Micros()));
        return true;
    }

    private static StoredApiKey Read(DbDataReader row)
    {
        var key = new ApiKey
        {
            Id = row.GetString(0),
            UserId = row.GetString(1),
            Name = row.GetString(2),
            Scopes = KeyScopeWords.Read(row.GetString(3)),
            CreatedAt = row.Time(5),
            LastUsedAt = row.TimeOrNull(6),
            RevokedAt = row.TimeOrNull(7),
            Limits = new KeyLimits(row.IsDBNull(8) ? null : row.GetInt32(8), row.DollarsOrNull(9), row.DollarsOrNull(10)),
        };
        return new StoredApiKey(key, Convert.FromHexString(row.GetString(4)));
    }

    private static string Hex(ReadOnlyMemory<byte> hash) => Convert.ToHexStringLower(hash.Span);
}
