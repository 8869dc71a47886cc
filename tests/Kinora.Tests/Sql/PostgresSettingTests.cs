using Kinora.Adapters.Sql;
using Npgsql;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

public sealed class PostgresSettingTests
{
    [Theory]
    [InlineData("postgres://ann:s%40cret%2F@db.example:6543/kinora?sslmode=verify-full&search_path=mine")]
    [InlineData("postgresql://ann:s%40cret%2F@db.example:6543/kinora?sslmode=verify-full&search_path=mine")]
    [InlineData("Host=db.example;Port=6543;Database=kinora;Username=ann;Password=s@cret/;SSL Mode=VerifyFull;Search Path=mine")]
    public void Parse_EitherForm_SaysTheSame(string setting)
    {
        var parts = new NpgsqlConnectionStringBuilder(PostgresSetting.Parse(setting, out var fault));

        fault.ShouldBeNull();
        parts.Host.ShouldBe("db.example");
        parts.Port.ShouldBe(6543);
        parts.Database.ShouldBe("kinora");
        parts.Username.ShouldBe("ann");
        parts.Password.ShouldBe("s@cret/");
        parts.SslMode.ShouldBe(SslMode.VerifyFull);
        parts.SearchPath.ShouldBe("mine");
        parts.ApplicationName.ShouldBe("kinora");
        parts.MaxPoolSize.ShouldBe(PostgresSetting.UsualReaders);
        parts.Options!.ShouldContain("statement_timeout=");
    }

    [Fact]
    public void Parse_OwnWishes_AreKept()
    {
        var parts = new NpgsqlConnectionStringBuilder(PostgresSetting.Parse(
            "Host=/run/postgresql;Database=kinora;Application Name=node-1;Maximum Pool Size=3;Options=-c work_mem=8MB", out _));

        parts.ApplicationName.ShouldBe("node-1");
        parts.MaxPoolSize.ShouldBe(3);
        parts.Options!.ShouldEndWith("-c work_mem=8MB");
        parts.Options!.ShouldContain("lock_timeout=");
    }

    [Theory]
    [InlineData("kinora-secret")]
    [InlineData("Host=db;Pasword=kinora-secret;Database=x")]
    [InlineData("Host=db;Password=kinora-secret")]
    [InlineData("Database=db;Password=kinora-secret")]
    [InlineData("postgres://ann:kinora-secret@/kinora")]
    [InlineData("postgres://ann:kinora-secret@db")]
    [InlineData("postgres://ann:kinora-secret@db:99999/kinora")]
    [InlineData("postgres://ann:kinora-secret@db/kinora?ssl=kinora-secret")]
    [InlineData("postgres://ann:kinora-secret@db/kinora?sslmode=kinora-secret")]
    [InlineData("postgres://ann:kinora-secret@db/kinora?sslmode")]
    [InlineData("mysql://ann:kinora-secret@db/kinora")]
    public void Parse_Mistakes_AreToldWithoutTheSetting(string setting)
    {
        PostgresSetting.Parse(setting, out var fault).ShouldBeNull();

        fault.ShouldNotBeNull();
        fault.ShouldContain("postgres://");
        fault.ShouldNotContain("kinora-secret");
    }
}
