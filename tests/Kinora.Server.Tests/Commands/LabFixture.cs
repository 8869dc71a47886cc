using Kinora.Server.Lab;

namespace Kinora.Server.Tests.Commands;

/// <summary>The program with the lab as its provider: whatever happens to the one, the other's ledger tells what was paid.</summary>
internal sealed class LabFixture : IAsyncDisposable
{
    private LabFixture(LabServer lab, KinoraProgram kinora)
    {
        Lab = lab;
        Kinora = kinora;
    }

    public LabServer Lab { get; }

    public KinoraProgram Kinora { get; }

    public int Creates => Lab.Ledger.Creates.Count;

    public static async Task<LabFixture> StartAsync(string dialect = "openai")
    {
        var lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" });
        var kinora = new KinoraProgram();
        Use(kinora, lab, dialect);
        return new LabFixture(lab, kinora);
    }

    /// <summary>Makes the lab a provider of a program, named <c>lab</c> unless told otherwise.</summary>
    public static void Use(KinoraProgram kinora, LabServer lab, string dialect, string provider = "lab")
    {
        foreach (var (name, value) in new[]
        {
            ("Kind", "openai-videos"),
            ("Dialect", dialect),
            ("BaseUrl", new Uri(lab.BaseUrl, dialect + "/v1").ToString()),
            ("ApiKey", "lab-key"),
            ("MinPollSeconds", "0.1"),
            ("SubmitTimeoutSeconds", "3"),
        })
        {
            kinora.Environment[$"KINORA__Providers__{provider}__{name}"] = value;
        }
    }

    public Task<Run> CreateAsync(string script, params string[] more) => Kinora.RunAsync(Arguments(script, more));

    public static string[] Arguments(string script, params string[] more) =>
        ["create", $"A harbour at dawn [lab:{script}]", "--model", "lab/lab-video", "--size", "1280x720", "--seconds", "4", "--json", .. more];

    public async ValueTask DisposeAsync()
    {
        Kinora.Dispose();
        await Lab.DisposeAsync();
    }
}
