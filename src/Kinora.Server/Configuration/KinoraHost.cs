using Kinora.Accounts;
using Kinora.Adapters;
using Kinora.Catalog;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Nodes;
using Kinora.Providers;
using Kinora.Server.Mcp;
using Kinora.Server.Realtime;
using Kinora.Server.Security;
using Kinora.Server.Web;
using Kinora.Uploads;

namespace Kinora.Server.Configuration;

/// <summary>The product put together for one process. Nothing is opened until it is used.</summary>
internal sealed class KinoraHost : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;

    private KinoraHost(KinoraConfiguration configuration, ServiceProvider services)
    {
        Configuration = configuration;
        _services = services;
    }

    public KinoraConfiguration Configuration { get; }

    public DataFolder Data => Configuration.Data;

    public IServiceProvider Services => _services;

    /// <exception cref="KinoraException"><c>configuration_invalid</c>, with every fault at once.</exception>
    public static KinoraHost Open(KinoraConfiguration configuration)
    {
        var faults = new List<string>(configuration.UnknownSections());
        var services = new ServiceCollection();
        Register(services, configuration, faults);
        if (faults.Count > 0)
        {
            throw new KinoraException(
                ErrorCodes.ConfigurationInvalid, "The configuration has faults:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(f => "  " + f)));
        }

        CreateFolder(configuration.Data);
        return new KinoraHost(configuration, services.BuildServiceProvider());
    }

    /// <summary>Registers everything but what a door adds for itself.</summary>
    public static void Register(IServiceCollection services, KinoraConfiguration configuration, List<string> faults)
    {
        if (OptionsReader.Read<LoggingOptions>(configuration.Settings, "Logging", faults).Fault is { } fault)
        {
            faults.Add(fault);
        }

        services
            .AddLogging(logging => AddLogs(logging.SetMinimumLevel(LogLevel.Information), configuration.Data))
            .AddSingleton(configuration.Data)
            .AddSingleton(OptionsReader.Read<McpOptions>(configuration.Settings, "Mcp", faults))
            .AddSingleton(services => new CreateRate(services.GetRequiredService<McpOptions>().CreatesPerMinute, services.GetRequiredService<ICreateRates>()))
            .AddSingleton(ReadServer(configuration, faults))
            .AddSingleton<CallbackAddresses>()
            .AddSingleton<ICallbackAddresses>(services => services.GetRequiredService<CallbackAddresses>())
            .AddSingleton(OptionsReader.Read<AccountOptions>(configuration.Settings, "Accounts", faults))
            .AddSingleton<IPasswordHasher>(services => new PasswordHashes(services.GetRequiredService<AccountOptions>()))
            .AddSingleton(OptionsReader.Read<TokenOptions>(configuration.Settings, "Tokens", faults))
            .AddSingleton(OptionsReader.Read<RealtimeOptions>(configuration.Settings, "Realtime", faults))
            .AddHttpDoors()
            .AddKinora(
                OptionsReader.Read<JobOptions>(configuration.Settings, "Jobs", faults),
                OptionsReader.Read<CatalogOptions>(configuration.Settings, "Models", faults),
                SessionSettings.Read(configuration, faults),
                OptionsReader.Read<UploadOptions>(configuration.Settings, "Uploads", faults))
            .AddKinoraAdapters(configuration.Settings, configuration.Environment, configuration.Data, faults);
    }

    /// <summary>Where every log of this process goes.</summary>
    public static ILoggingBuilder AddLogs(ILoggingBuilder logging, DataFolder data)
    {
        logging.AddProvider(new LogFile(data.Logs));
        return LogStream.OfProcess is { } stream ? logging.AddProvider(stream) : logging;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServerOptions ReadServer(KinoraConfiguration configuration, List<string> faults)
    {
        var options = OptionsReader.Read<ServerOptions>(configuration.Settings, "Server", faults);
        if (options.PublicUrl is { } address && CallbackAddresses.Fault(address) is { } fault)
        {
            faults.Add("Server:PublicUrl: " + fault);
        }

        if (TrustedProxies.Fault(options) is { } unreadable)
        {
            faults.Add(unreadable);
        }

        return options;
    }

    private static void CreateFolder(DataFolder data)
    {
        try
        {
            Directory.CreateDirectory(data.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KinoraException(
                ErrorCodes.ConfigurationInvalid, "The data folder cannot be made or written. Name another with --data or KINORA_DATA.", fault.Message, fault);
        }
    }
}
