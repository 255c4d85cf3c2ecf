include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The program with what belongs to it.
install(TARGETS backplan_cli COMPONENT program)
install(FILES ${manual_folder}/backplan.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${manual_folder}/backplan.bash RENAME backplan
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${manual_folder}/_backplan
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
install(FILES ${manual_folder}/backplan.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(DIRECTORY schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/backplan COMPONENT program
  FILES_MATCHING PATTERN *.json)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)

# The library, for find_package(backplan) and for pkg-config.
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/backplan)
install(TARGETS backplan EXPORT backplan COMPONENT library FILE_SET HEADERS COMPONENT library)
install(EXPORT backplan NAMESPACE backplan:: FILE backplanTargets.cmake
  DESTINATION ${package_folder} COMPONENT library)
configure_package_config_file(cmake/backplanConfig.cmake.in backplanConfig.cmake
  INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/backplanConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/backplanConfig.cmake
  ${PROJECT_BINARY_DIR}/backplanConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT library)

# Who links the static library links what it uses; the shared one brings that along.
if(BUILD_SHARED_LIBS)
  set(pc_requires "Requires.private: fmt, yaml-cpp")
else()
  set(pc_requires "Requires: fmt, yaml-cpp")
endif()
set(pc_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
# The prefix is where the file lies, so that the tree can be moved.
file(RELATIVE_PATH pc_prefix /prefix/${pc_folder} /prefix)
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
configure_file(cmake/backplan.pc.in backplan.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/backplan.pc DESTINATION ${pc_folder} COMPONENT library)

# One Debian package with the program; what it depends on is read from what it links.
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME backplan)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_CONTACT "the backplan project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the backplan project <nobody@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libsqlite3-0 (>= 3.37)")  # loaded, not linked
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "tzdata")  # for --zone
set(CPACK_STRIP_FILES ON)
include(CPack)
