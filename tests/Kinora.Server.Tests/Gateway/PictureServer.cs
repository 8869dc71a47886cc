using Kinora.Server.Lab;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary><c>kinora serve</c> with the lab as its provider of pictures: what its ledger holds was paid.</summary>
public sealed class PictureServer : IAsyncLifetime
{
    public const string Animatic = "animatic/storyboard";

    private const string AdminPassword = "neon harbour at dawn 7";
    private const string UserPassword = "a quiet lake at dusk 3";

    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;
    private ApiClient? _admin;
    private int _users;

    public PictureServer()
    {
        _kinora.Environment["KINORA_ADMIN_PASSWORD"] = AdminPassword;
        _kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = "0";
        _served = new ServedProduct(_kinora);
    }

    internal LabServer Lab { get; private set; } = null!;

    public string Url => _served.Url[..^"/mcp".Length];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabServer.StartAsync();
        _kinora.Environment["KINORA__Providers__pictures__Kind"] = "openai-images";
        _kinora.Environment["KINORA__Providers__pictures__BaseUrl"] = new Uri(Lab.BaseUrl, "/openai/v1").ToString();
        _kinora.Environment["KINORA__Providers__pictures__ApiKey"] = "lab-key";
        _kinora.Environment["KINORA__Providers__pictures__MinPollSeconds"] = "0.05";
        await _served.InitializeAsync();
        _admin = await SignInAsync("admin", AdminPassword);
    }

    /// <summary>Somebody new, who has nothing yet.</summary>
    internal async Task<ApiClient> NewUserAsync()
    {
        var name = $"user-{Interlocked.Increment(ref _users)}";
        (await _admin!.PostAsync("/api/admin/users", new { username = name, password = UserPassword })).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        return await SignInAsync(name, UserPassword);
    }

    /// <summary>How often something with this in its prompt was paid.</summary>
    internal int Paid(string prompt) => Lab.Ledger.Creates.Count(c => c.PromptHash == LabLedger.Hash(System.Text.Encoding.UTF8.GetBytes(prompt)));

    /// <summary>Waits until a request has come to the lab, whatever becomes of it.</summary>
    internal async Task ReachedAsync(string prompt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(KinoraProgram.Patience);
        while (!Lab.Traffic.Sent.Any(sent => sent.Json?.ToJsonString(null).Contains(prompt, StringComparison.Ordinal) == true))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await _served.DisposeAsync();
        _kinora.Dispose();
        await Lab.DisposeAsync();
    }

    private async Task<ApiClient> SignInAsync(string name, string password)
    {
        using var stranger = new ApiClient(Url, token: null);
        var reply = await stranger.PostAsync("/api/auth/login", new { username = name, password });
        reply.Status.ShouldBe(System.Net.HttpStatusCode.OK, reply.Text);
        return new ApiClient(Url, reply.Json.GetProperty("token").GetString()) { UserId = reply.Json.GetProperty("user").GetProperty("id").GetString()!, Name = name };
    }
}

/// <summary>One server for all of these, which run one after another: each has a user of its own.</summary>
[CollectionDefinition(nameof(PictureServer))]
public sealed class PictureServerScene : ICollectionFixture<PictureServer>;
