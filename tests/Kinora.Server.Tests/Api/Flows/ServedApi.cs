using System.Net;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>The served product as its users meet it: an admin with a password, and nothing but HTTP.</summary>
public sealed class ServedApi : IAsyncLifetime
{
    public const string AdminPassword = "neon harbour at dawn 7";
    public const string UserPassword = "a quiet lake at dusk 3";

    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;
    private ApiClient? _admin;
    private int _users;

    public ServedApi()
    {
        _kinora.Environment["KINORA_ADMIN_PASSWORD"] = AdminPassword;
        _kinora.Environment["KINORA__Webhooks__TrustedHosts"] = "127.0.0.1";
        _served = new ServedProduct(_kinora);
    }

    internal KinoraProgram Kinora => _kinora;

    internal ServedProduct Served => _served;

    public string Url => _served.Url[..^"/mcp".Length];

    internal ApiClient Admin => _admin!;

    /// <summary>Results as they lie on the disk.</summary>
    internal string Assets => Path.Combine(_kinora.Data, "assets");

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        _admin = await SignInAsync("admin", AdminPassword);
    }

    internal ApiClient Stranger() => new(Url, token: null);

    internal async Task<ApiClient> SignInAsync(string name, string password)
    {
        using var stranger = Stranger();
        var reply = await stranger.PostAsync("/api/auth/login", new { username = name, password });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        return new ApiClient(Url, reply.Json.GetProperty("token").GetString()) { UserId = reply.Json.GetProperty("user").GetProperty("id").GetString()!, Name = name };
    }

    /// <summary>Somebody new, who has nothing yet.</summary>
    internal async Task<ApiClient> NewUserAsync()
    {
        var name = $"user-{Interlocked.Increment(ref _users)}";
        (await Admin.PostAsync("/api/admin/users", new { username = name, password = UserPassword })).Status.ShouldBe(HttpStatusCode.OK);
        return await SignInAsync(name, UserPassword);
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await _served.DisposeAsync();
        _kinora.Dispose();
    }
}

/// <summary>One server for all flows, which run one after another: each has a user of its own.</summary>
[CollectionDefinition(nameof(ServedApi))]
public sealed class ServedApiScene : ICollectionFixture<ServedApi>;
